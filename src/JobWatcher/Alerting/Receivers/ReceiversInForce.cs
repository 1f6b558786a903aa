using JobWatcher.Alerts.Deliveries;
using JobWatcher.Background;
using JobWatcher.Storage;

namespace JobWatcher.Alerting.Receivers;

/// <summary>
/// Runs the receivers of the configuration in force. Where it changes, all are started anew: what they took, and what they
/// are owed, is in the store.
/// </summary>
/// <param name="plan">The plan that the process starts with.</param>
/// <param name="kinds">Runs a plan's receivers of each kind until told to stop.</param>
/// <param name="store">Where receivers look before they begin.</param>
/// <param name="pending">Counts what each receiver has not accepted.</param>
/// <param name="counts">Counts what became of attempts.</param>
/// <param name="outbox">Knows which webhooks are owed the changes that are committed.</param>
/// <param name="time">The time of waits.</param>
internal sealed class ReceiversInForce(
    ReceiverPlan plan,
    IReadOnlyList<Func<ReceiverPlan, CancellationToken, Task>> kinds,
    IPostStore store,
    PendingNotifications pending,
    NotificationCounts counts,
    AlertOutbox outbox,
    TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private (ReceiverPlan Plan, TaskCompletionSource Changed) _inForce = (plan, NewSignal());

    /// <summary>Takes another plan into force, once the store can be written.</summary>
    public void Change(ReceiverPlan plan)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            (changed, _inForce) = (_inForce.Changed, (plan, NewSignal()));
            // What is committed before a new webhook begins, as at the end of an outage of the store, is owed to it all the same.
            outbox.Webhooks = [.. outbox.Webhooks.Union(plan.Webhooks, StringComparer.Ordinal)];
        }

        changed.SetResult();
    }

    /// <summary>Runs them until told to stop.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> fired.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            var (inForce, changed) = InForce();
            KeepOnly(inForce);
            await Together.RunAsync(
                [
                    .. kinds.Select(run => (Func<CancellationToken, Task>)(ended => run(inForce, ended))),
                    ended => UntilReplacedAsync(changed, ended),
                ],
                stopping);
        }
    }

    /// <summary>
    /// Runs them until all that is due was told, or a time is over: what is left then the next process tells.
    /// </summary>
    /// <param name="most">The most that it may take.</param>
    /// <param name="stopping">Ends it before.</param>
    public async Task FlushAsync(TimeSpan most, CancellationToken stopping)
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

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Receivers begin with the store. While it is away those that run go on, or an Alertmanager would end what fires (rule A8).
    private async Task UntilReplacedAsync(Task changed, CancellationToken ended)
    {
        await changed.WaitAsync(ended);
        await UntilStored.RunAsync(() => store.CheckWriteAsync(ended), time, ended);
    }

    // A receiver that stays keeps its series while it starts anew: one that came back would seem to count all again.
    private void KeepOnly(ReceiverPlan inForce)
    {
        var names = inForce.Receivers.Select(receiver => receiver.Name).ToHashSet(StringComparer.Ordinal);
        pending.KeepOnly(names);
        counts.KeepOnly(names);
    }

    private (ReceiverPlan Plan, Task Changed) InForce()
    {
        lock (_lock)
        {
            return (_inForce.Plan, _inForce.Changed.Task);
        }
    }
}
