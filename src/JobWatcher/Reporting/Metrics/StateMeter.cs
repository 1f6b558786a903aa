using System.Diagnostics.Metrics;

namespace JobWatcher.Reporting.Metrics;

/// <summary>
/// Shows prepared samples through observable instruments. The SDK never frees the point behind a series that is gone:
/// after as many distinct label sets as an instrument's cardinality limit, new ones would fold into
/// <c>otel_metric_overflow</c>. So the meter is disposed and made anew, with limits for what is alive, before that.
/// Not safe for several threads: one scrape at a time.
/// </summary>
internal sealed class StateMeter : IDisposable
{
    /// <summary>The meter's name, under which the SDK finds it.</summary>
    public const string MeterName = "JobWatcher.State";

    // A limit's point costs about 90 bytes, a new meter one pass over all series: room for as many again is cheap.
    private const int LeastLimit = 2000;

    private readonly Dictionary<MetricFamily, HashSet<string>> _shown = [];
    private readonly Dictionary<string, int> _limits = new(StringComparer.Ordinal);
    private ILookup<MetricFamily, Measurement<double>> _measurements =
        Array.Empty<Sample>().ToLookup(sample => sample.Family, sample => sample.Measure(0));

    private Meter? _meter;

    /// <summary>The cardinality limit that the SDK shall give to an instrument of this name.</summary>
    public int LimitOf(string instrument) => _limits.GetValueOrDefault(instrument, LeastLimit);

    /// <summary>How often the meter was made.</summary>
    public int Generation { get; private set; }

    /// <summary>Prepares what the next collection shows.</summary>
    /// <param name="samples">Each series once.</param>
    /// <param name="valueOf">The value to show of a sample.</param>
    public void Show(IReadOnlyCollection<Sample> samples, Func<Sample, double> valueOf)
    {
        _measurements = samples.ToLookup(sample => sample.Family, sample => sample.Measure(valueOf(sample)));

        var keys = samples.GroupBy(sample => sample.Family).ToDictionary(
            family => family.Key, family => family.Select(sample => sample.Key).ToHashSet(StringComparer.Ordinal));
        if (_meter is null || keys.Any(family => WouldOverflow(family.Key, family.Value)))
        {
            MakeAnew(keys);
        }

        foreach (var (family, series) in keys)
        {
            _shown[family].UnionWith(series);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter?.Dispose();

    private bool WouldOverflow(MetricFamily family, HashSet<string> series) =>
        _shown[family].Count + series.Count(key => !_shown[family].Contains(key)) >= LimitOf(family.Name);

    private void MakeAnew(Dictionary<MetricFamily, HashSet<string>> keys)
    {
        _meter?.Dispose();
        foreach (var family in Families.All)
        {
            _shown[family] = new HashSet<string>(StringComparer.Ordinal);
            _limits[family.Name] = Math.Max(LeastLimit, 2 * keys.GetValueOrDefault(family)?.Count ?? 0);
        }

        _meter = new Meter(MeterName);
        Generation++;
        foreach (var family in Families.All)
        {
            _ = family.Kind == MetricKind.Counter
                ? (Instrument)_meter.CreateObservableCounter(family.Name, () => _measurements[family], null, family.Help)
                : _meter.CreateObservableGauge(family.Name, () => _measurements[family], null, family.Help);
        }
    }
}
