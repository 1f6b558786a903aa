using System.Diagnostics.Metrics;

namespace JobWatcher.Reporting.Metrics;

/// <summary>The value of one series at one scrape.</summary>
internal sealed class Sample
{
    private const char Separator = '\u001F';

    private readonly KeyValuePair<string, object?>[] _labels;

    /// <summary>Creates a sample.</summary>
    /// <param name="family">The metric.</param>
    /// <param name="value">Its value.</param>
    /// <param name="labels">Names and values; values are shown as they are.</param>
    public Sample(MetricFamily family, double value, params IReadOnlyList<(string Name, string Value)> labels)
    {
        Family = family;
        Value = value;
        _labels = [.. labels.Select(label => KeyValuePair.Create(label.Name, (object?)label.Value))];
        Key = string.Join(Separator, labels.Select(label => $"{label.Name}{Separator}{label.Value}"));
    }

    /// <summary>The metric.</summary>
    public MetricFamily Family { get; }

    /// <summary>The value.</summary>
    public double Value { get; }

    /// <summary>
    /// For a counter, the value with which this process took it over: what is shown until one answered scrape has
    /// carried it (rule R2 of the protocol).
    /// </summary>
    public double AtTakeOver { get; init; }

    /// <summary>The take-over that this value is of; after another one the series is not yet carried. Null where there is but one.</summary>
    public object? TakeOver { get; init; }

    /// <summary>Tells the series from all others of its family.</summary>
    public string Key { get; }

    /// <summary>The sample as an observable instrument reports it.</summary>
    /// <param name="value">The value to show.</param>
    public Measurement<double> Measure(double value) => new(value, _labels);
}
