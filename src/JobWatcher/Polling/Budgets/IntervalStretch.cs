using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Polling.Scheduling;
using JobWatcher.Polling.Targets;

namespace JobWatcher.Polling.Budgets;

/// <summary>
/// Stretches the intervals of a credentials entry's targets, all by one factor, where they need more than four fifths of
/// its budget (rule L6 of the protocol).
/// </summary>
internal sealed partial class IntervalStretch(
    TargetWatches watches, PollSchedule schedule, ILogger<IntervalStretch> logger)
{
    // Every change moves all triggers of the entry, so small ones are let be.
    private const double WorthChanging = 1.1;

    /// <summary>A poll ended: its requests may have changed what the entry needs.</summary>
    public async Task AdaptAsync(EntryShare share, CancellationToken cancellationToken)
    {
        var polled = watches.All.Where(watch => watch.Share == share).ToList();
        var factor = BudgetPlan.Factor(
            share.Rate.Requests, share.Rate.Per, polled.Select(watch => (watch.Target.Interval, watch.RequestsAPoll)));
        var before = share.Factor;
        if (!IsWorthChanging(before, factor) || !share.TryChangeFactor(before, factor))
        {
            return;
        }

        Tell(share, before);
        await schedule.RescheduleAsync(polled.Select(watch => watch.Target.Name), watches, cancellationToken);
    }

    /// <summary>Whether a factor is far enough from the one before to be taken.</summary>
    public static bool IsWorthChanging(double before, double after) =>
        after != before && (after == 1 || after > before * WorthChanging || after < before / WorthChanging);

    private void Tell(EntryShare share, double before)
    {
        if (share.Factor == 1)
        {
            Log.IntervalsRestored(logger, share.Name);
        }
        else if (before == 1 || share.Factor > 2 * before)
        {
            Log.IntervalsStretched(
                logger, share.Name, Math.Round(share.Factor, 1), share.Rate.Requests, share.Rate.Per.TotalSeconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.IntervalsStretched, LogLevel.Warning,
            "The targets of the credentials {Credentials} need more than 80 % of the budget of {Requests} requests per {PeriodSeconds} s, so their intervals are stretched by {Factor}. Give them longer intervals, fewer targets, or more budget if the cloud allows it.",
            EventName = nameof(EventIds.IntervalsStretched))]
        public static partial void IntervalsStretched(
            ILogger logger, string credentials, double factor, int requests, double periodSeconds);

        [LoggerMessage(
            EventIds.IntervalsRestored, LogLevel.Information,
            "The targets of the credentials {Credentials} are polled at their own intervals again.",
            EventName = nameof(EventIds.IntervalsRestored))]
        public static partial void IntervalsRestored(ILogger logger, string credentials);
    }
}
