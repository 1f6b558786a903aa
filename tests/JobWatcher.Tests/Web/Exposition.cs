using System.Globalization;
using System.Text.RegularExpressions;
using JobWatcher.Tests.Reporting.Metrics;

namespace JobWatcher.Tests.Web;

/// <summary>A scrape's answer, read as Prometheus reads its classic text format.</summary>
internal sealed partial class Exposition
{
    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);

    private Exposition()
    {
    }

    /// <summary>The value of each series; a series that is there twice is a fault.</summary>
    public IReadOnlyDictionary<string, double> Values => _values;

    /// <summary>The type of each family.</summary>
    public IReadOnlyDictionary<string, string> Types => _types;

    /// <summary>The value of a series, named as <see cref="Shown"/> names it.</summary>
    public double this[string series] => _values[series];

    /// <summary>The series of one family.</summary>
    public IEnumerable<string> Of(string family) =>
        _values.Keys.Where(series => series.StartsWith(family + "{", StringComparison.Ordinal));

    /// <summary>Reads a scrape's answer.</summary>
    public static Exposition Parse(string text)
    {
        var exposition = new Exposition();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!line.StartsWith('#'))
            {
                exposition.Add(line);
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var parts = line.Split(' ');
                exposition._types.Add(parts[2], parts[3]);
            }
        }

        return exposition;
    }

    // A time of its own would keep Prometheus from seeing that a series has ended.
    private void Add(string line)
    {
        var match = SeriesLine.Match(line);
        Assert.True(match.Success, "Not a sample without a time: " + line);
        var labels = Label.Matches(match.Groups["labels"].Value)
            .Select(label => (label.Groups["name"].Value, (string?)Unescape(label.Groups["value"].Value)));
        _values.Add(
            Shown.Name(match.Groups["name"].Value, labels),
            double.Parse(match.Groups["value"].Value.Replace("Inf", "∞", StringComparison.Ordinal), CultureInfo.InvariantCulture));
    }

    private static string Unescape(string value) => Escape.Replace(
        value, escape => escape.Value switch { "\\n" => "\n", var other => other[1..] });

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][\w:]*)(\{(?<labels>.*)\})? (?<value>[^ ]+)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SeriesLine { get; }

    [GeneratedRegex("""(?<name>\w+)="(?<value>([^"\\]|\\.)*)"(,|$)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label { get; }

    [GeneratedRegex("""\\.""", RegexOptions.None, 1000)]
    private static partial Regex Escape { get; }
}
