using System.Buffers;
using System.Globalization;
using System.Text;

namespace JobWatcher.Reporting.Metrics;

/// <summary>
/// Prometheus' classic text format, version 0.0.4, as far as counters and gauges need it
/// (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
/// </summary>
internal static class ClassicText
{
    /// <summary>What a scraper asks for.</summary>
    public const string MediaType = "text/plain; version=0.0.4";

    /// <summary>What it is answered with.</summary>
    public const string ContentType = MediaType + "; charset=utf-8";

    private static readonly SearchValues<char> Escaped = SearchValues.Create('\\', '"', '\n');

    /// <summary>Labels in braces; empty where there are none.</summary>
    public static string Of(IReadOnlyList<(string Name, string Value)> labels) =>
        labels.Count == 0 ? "" : $"{{{string.Join(',', labels.Select(label => $"{label.Name}=\"{Escape(label.Value)}\""))}}}";

    /// <summary>Writes a family as one block, as the format demands.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="family">The family.</param>
    /// <param name="samples">Its series, each once.</param>
    /// <param name="valueOf">The value to show of a series.</param>
    public static void Write(
        IBufferWriter<byte> to, MetricFamily family, IEnumerable<Sample> samples, Func<Sample, double> valueOf)
    {
        var kind = family.Kind == MetricKind.Counter ? "counter" : "gauge";
        Write(to, $"# HELP {family.Name} {family.Help}\n# TYPE {family.Name} {kind}\n");
        foreach (var sample in samples)
        {
            Write(to, $"{sample.Series} {Number(valueOf(sample))}\n");
        }
    }

    private static void Write(IBufferWriter<byte> to, string text) => Encoding.UTF8.GetBytes(text, to);

    private static string Escape(string value) => value.AsSpan().ContainsAny(Escaped)
        ? value.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", @"\n", StringComparison.Ordinal)
        : value;

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
