namespace JobWatcher.Reporting.Metrics;

/// <summary>The value of one series at one scrape.</summary>
internal sealed class Sample
{
    /// <summary>Creates a sample.</summary>
    /// <param name="family">The metric.</param>
    /// <param name="value">Its value.</param>
    /// <param name="labels">Names and values; values are shown as they are.</param>
    public Sample(MetricFamily family, double value, params IReadOnlyList<(string Name, string Value)> labels)
    {
        Family = family;
        Value = value;
        Labels = labels;
        Series = family.Name + ClassicText.Of(labels);
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

    /// <summary>Names and values.</summary>
    public IReadOnlyList<(string Name, string Value)> Labels { get; }

    /// <summary>Name and labels as scraped, which tell the series from all others.</summary>
    public string Series { get; }
}
