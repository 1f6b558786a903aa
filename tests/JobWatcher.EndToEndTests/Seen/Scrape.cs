using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace JobWatcher.EndToEndTests.Seen;

/// <summary>An answer of <c>/metrics</c> in Prometheus' classic text format.</summary>
internal sealed partial class Scrape
{
    private readonly ILookup<string, Series> _series;

    private Scrape(string text)
    {
        Text = text;
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        All = [.. lines.Where(line => line[0] != '#').Select(ReadSeries)];
        Families = lines
            .Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[2], words => words[3], StringComparer.Ordinal);
        _series = All.ToLookup(series => series.Name, StringComparer.Ordinal);
        Assert.Empty(All.GroupBy(series => series.Identity, StringComparer.Ordinal).Where(same => same.Skip(1).Any()).Select(same => same.Key));
    }

    /// <summary>The answer as it came.</summary>
    public string Text { get; }

    /// <summary>All series.</summary>
    public IReadOnlyList<Series> All { get; }

    /// <summary>The types, by the name of the family.</summary>
    public IReadOnlyDictionary<string, string> Families { get; }

    /// <summary>Reads an answer.</summary>
    public static Scrape Parse(string text) => new(text);

    /// <summary>The series of a name that have these labels.</summary>
    public IReadOnlyList<Series> Find(string name, params (string Name, string Value)[] labels) =>
        [.. _series[name].Where(series => series.Has(labels))];

    /// <summary>The values of a label among the series of a name.</summary>
    public IReadOnlyList<string> ValuesOf(string label, string name, params (string Name, string Value)[] labels) =>
        [.. Find(name, labels).Select(series => series.Labels[label]).Order(StringComparer.Ordinal)];

    /// <summary>The value of the one series that has these labels.</summary>
    public double Value(string name, params (string Name, string Value)[] labels)
    {
        var found = Find(name, labels);
        Assert.True(found.Count == 1, $"{found.Count} series are {name} with {string.Join(", ", labels)}.");
        return found[0].Value;
    }

    /// <summary>The sum of all series that have these labels.</summary>
    public double Sum(string name, params (string Name, string Value)[] labels) =>
        Find(name, labels).Sum(series => series.Value);

    private static Series ReadSeries(string line)
    {
        var match = Line().Match(line);
        Assert.True(match.Success, $"This is no line of Prometheus' text format: {line}");
        var names = match.Groups["key"].Captures.Select(capture => capture.Value);
        var values = match.Groups["value"].Captures.Select(capture => Unescape(capture.Value));
        return new Series(
            match.Groups["name"].Value,
            names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal),
            ReadNumber(match.Groups["number"].Value));
    }

    private static double ReadNumber(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static string Unescape(string value)
    {
        var text = new StringBuilder();
        for (var at = 0; at < value.Length; at++)
        {
            var escaped = value[at] == '\\';
            at += escaped ? 1 : 0;
            text.Append(escaped && value[at] == 'n' ? '\n' : value[at]);
        }

        return text.ToString();
    }

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{((?<key>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\]|\\.)*)",?)*\})? (?<number>\S+)$""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
