using JobWatcher.Reporting.Metrics;

namespace JobWatcher.Tests.Reporting.Metrics;

/// <summary>Samples as a test reads them.</summary>
internal static class Shown
{
    /// <summary>The series as <c>name{label="value",...}</c>, labels in the order of their names.</summary>
    public static string Series(this Sample sample) => Name(
        sample.Family.Name, sample.Labels.Select(label => (label.Name, (string?)label.Value)));

    /// <summary>The name of a series.</summary>
    public static string Name(string family, IEnumerable<(string Name, string? Value)> labels)
    {
        var ordered = labels.OrderBy(label => label.Name, StringComparer.Ordinal);
        return $"{family}{{{string.Join(',', ordered.Select(label => $"{label.Name}=\"{label.Value}\""))}}}";
    }

    /// <summary>All values by series; a series that is there twice is a fault.</summary>
    public static IReadOnlyDictionary<string, double> BySeries(this IEnumerable<Sample> samples) =>
        samples.ToDictionary(Series, sample => sample.Value);

    /// <summary>The series of one family.</summary>
    public static IEnumerable<Sample> Of(this IEnumerable<Sample> samples, MetricFamily family) =>
        samples.Where(sample => sample.Family == family);
}
