using JobWatcher.Polling.Targets;

namespace JobWatcher.Polling;

/// <summary>Tells whether polls are attempted, failed ones too: that is what liveness means here.</summary>
internal sealed class Watchdog(TargetWatches watches)
{
    private const int IntervalsOfGrace = 2;

    /// <summary>The targets that have not been attempted for longer than a poll and two intervals may take.</summary>
    public IReadOnlyList<string> Overdue() =>
    [
        .. watches.All
            .Where(watch => watch.SinceAttempt > watch.Target.PollTimeout + (watch.Interval * IntervalsOfGrace))
            .Select(watch => watch.Target.Name),
    ];
}
