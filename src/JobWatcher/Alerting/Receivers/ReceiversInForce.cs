using JobWatcher.Background;

namespace JobWatcher.Alerting.Receivers;

/// <summary>
/// Runs the receivers of the configuration in force. Where it changes, all are started anew: what they took, and what they
/// are owed, is in the store.
/// </summary>
/// <param name="plan">The plan that the process starts with.</param>
/// <param name="kinds">Runs a plan's receivers of each kind until told to stop.</param>
/// <param name="pending">Counts what each receiver has not accepted.</param>
/// <param name="counts">Counts what became of attempts.</param>
internal sealed class ReceiversInForce(
    ReceiverPlan plan,
    IReadOnlyList<Func<ReceiverPlan, CancellationToken, Task>> kinds,
    PendingNotifications pending,
    NotificationCounts counts) : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private ReceiverPlan _plan = plan;
    private CancellationTokenSource _changed = new();

    /// <summary>Takes another plan into force.</summary>
    public void Change(ReceiverPlan plan)
    {
        CancellationTokenSource before;
        lock (_lock)
        {
            (_plan, before, _changed) = (plan, _changed, new CancellationTokenSource());
        }

        before.Cancel();
        before.Dispose();
    }

    /// <summary>Runs them until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            var (inForce, changed) = InForce();
            KeepOnly(inForce);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, changed);
            try
            {
                await Together.RunAsync(
                    kinds.Select(run => (Func<CancellationToken, Task>)(first => run(inForce, first))), ended.Token);
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested && changed.IsCancellationRequested)
            {
                // Another plan is in force.
            }
        }
    }

    /// <summary>
    /// Runs them until all that is due was told, or a time is over: what is left then the next process tells.
    /// </summary>
    /// <param name="most">The most that it may take.</param>
    /// <param name="time">What that is measured with.</param>
    /// <param name="stopping">Ends it before.</param>
    public async Task FlushAsync(TimeSpan most, TimeProvider time, CancellationToken stopping)
    {
        var count = InForce().Plan.Receivers.Count;
        if (count == 0)
        {
            return;
        }

        using var limit = new CancellationTokenSource(most, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        var running = RunAsync(ended.Token);
        try
        {
            while (!running.IsCompleted && !IsAllTold())
            {
                await Task.Delay(LookEvery, time, ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The time is over.
        }

        await ended.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.IsFaulted)
        {
            await running;
        }

        bool IsAllTold() => pending.All is var all && all.Count == count && all.All(receiver => receiver.Count == 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _changed.Dispose();

    // A receiver that stays keeps its series while it starts anew: one that came back would seem to count all again.
    private void KeepOnly(ReceiverPlan inForce)
    {
        var names = inForce.Receivers.Select(receiver => receiver.Name).ToHashSet(StringComparer.Ordinal);
        pending.KeepOnly(names);
        counts.KeepOnly(names);
    }

    private (ReceiverPlan Plan, CancellationToken Changed) InForce()
    {
        lock (_lock)
        {
            return (_plan, _changed.Token);
        }
    }
}
