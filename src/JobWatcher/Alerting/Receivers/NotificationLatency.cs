using System.Diagnostics.Metrics;
using JobWatcher.Reporting.Metrics;

namespace JobWatcher.Alerting.Receivers;

/// <summary>Measures how long it took until a receiver knew: from the job's end, or from its detection, to accepted.</summary>
internal sealed class NotificationLatency : IDisposable
{
    /// <summary>The histogram's name.</summary>
    public const string Name = "jobwatcher_notification_latency_seconds";

    /// <summary>Bucket bounds in seconds: the poll's interval is part of it, and a receiver may be away for days.</summary>
    public static readonly double[] Bounds = [1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400];

    private readonly Meter _meter = new(DurationHistograms.MeterName);
    private readonly Histogram<double> _latency;

    /// <summary>Creates the histogram.</summary>
    public NotificationLatency() => _latency = _meter.CreateHistogram<double>(
        Name, unit: null, "Time from the job's end, or from its detection, until a receiver accepted the alert.");

    /// <summary>A receiver accepted an alert's start or end for the first time.</summary>
    public void Accepted(string receiver, TimeSpan latency) =>
        _latency.Record(Math.Max(0, latency.TotalSeconds), new KeyValuePair<string, object?>("receiver", receiver));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
