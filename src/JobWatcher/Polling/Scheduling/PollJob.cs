using JobWatcher.Polling.Budgets;
using JobWatcher.Polling.Targets;
using Quartz;

namespace JobWatcher.Polling.Scheduling;

/// <summary>Polls one target when its trigger fires. The job's key is the target's name.</summary>
[DisallowConcurrentExecution]
internal sealed class PollJob(TargetWatches watches, IntervalStretch stretch, TimeProvider time) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        // A job that may not overlap runs late, once for each time that it was due: those are left out.
        while (watches.Find(context.JobDetail.Key.Name) is { } watch && !FellDueBefore(watch.LastPollEnded, context.ScheduledFireTimeUtc))
        {
            using (var turn = watch.Retirement.Begin(cancellationToken))
            {
                if (turn is not null)
                {
                    await PollAsync(watch, turn, cancellationToken);
                    return;
                }
            }

            // A turn that falls due while the target's configuration changes is the next watch's: another may be a day away.
            await watch.Retirement.Succession.WaitAsync(cancellationToken);
        }
    }

    private async Task PollAsync(TargetWatch watch, Retirement.Turn turn, CancellationToken stopping)
    {
        try
        {
            await watch.PollAsync(turn.Token);
        }
        catch (OperationCanceledException) when (watch.Retirement.HasBegun && !stopping.IsCancellationRequested)
        {
            return;
        }

        await stretch.AdaptAsync(watch.Share, stopping);
    }

    // Lengths of time are compared, not times: the clock may have been set since the last poll.
    private bool FellDueBefore(long? ended, DateTimeOffset? due) =>
        ended is { } timestamp && due is { } scheduled && time.GetUtcNow() - scheduled > time.GetElapsedTime(timestamp);
}
