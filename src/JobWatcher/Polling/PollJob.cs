using Quartz;

namespace JobWatcher.Polling;

/// <summary>Polls one target when its trigger fires. The job's key is the target's name.</summary>
[DisallowConcurrentExecution]
internal sealed class PollJob(TargetWatches watches, IntervalStretch stretch, TimeProvider time) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var watch = watches.Find(context.JobDetail.Key.Name);

        // A job that may not overlap runs late, once for each time that it was due: those are left out.
        if (watch is null || FellDueBefore(watch.LastPollEnded, context.ScheduledFireTimeUtc))
        {
            return;
        }

        await watch.PollAsync(cancellationToken);
        await stretch.AdaptAsync(watch.Share, cancellationToken);
    }

    // Lengths of time are compared, not times: the clock may have been set since the last poll.
    private bool FellDueBefore(long? ended, DateTimeOffset? due) =>
        ended is { } timestamp && due is { } scheduled && time.GetUtcNow() - scheduled > time.GetElapsedTime(timestamp);
}
