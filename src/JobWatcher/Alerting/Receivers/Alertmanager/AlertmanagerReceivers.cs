using JobWatcher.Configuration;

namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>
/// Runs the receivers of the configuration in force that are Alertmanagers. Where it changes, all are started anew:
/// what they took is in the store.
/// </summary>
internal sealed class AlertmanagerReceivers(ReceiverPlan plan, ReceiverParts parts, PendingNotifications pending) : IDisposable
{
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    // A row is needed for as long as its alert may be told, and a clock may be wrong.
    private static readonly TimeSpan KeepsPosts = PostRules.GivesUpAfter + TimeSpan.FromDays(1);

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
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, changed);
            try
            {
                await RunAsync(inForce, either.Token);
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                // Another plan is in force.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _changed.Dispose();

    private (ReceiverPlan Plan, CancellationToken Changed) InForce()
    {
        lock (_lock)
        {
            return (_plan, _changed.Token);
        }
    }

    private async Task RunAsync(ReceiverPlan inForce, CancellationToken ended)
    {
        var names = inForce.Receivers.Select(receiver => receiver.Name).ToList();
        var since = await UntilStored.RunAsync(
            () => parts.Store.TakeUpReceiversAsync(names, ended), parts.Time, ended);
        var receivers = inForce.Receivers.OfType<AlertmanagerConfiguration>()
            .ToDictionary(
                configuration => configuration.Name,
                configuration => new AlertmanagerReceiver(configuration, inForce, since[configuration.Name], parts),
                StringComparer.Ordinal);
        foreach (var (name, receiver) in receivers)
        {
            pending.Add(name, receiver.Pending);
        }

        using var first = CancellationTokenSource.CreateLinkedTokenSource(ended);
        List<Task> running = [ForgetAsync(first.Token), .. receivers.Values.Select(receiver => receiver.RunAsync(first.Token))];
        try
        {
            await await Task.WhenAny(running);
        }
        finally
        {
            await first.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var name in receivers.Keys)
            {
                pending.Remove(name);
            }
        }
    }

    private async Task ForgetAsync(CancellationToken ended)
    {
        using var timer = new PeriodicTimer(ForgetEvery, parts.Time);
        while (await timer.WaitForNextTickAsync(ended))
        {
            await UntilStored.RunAsync(
                () => parts.Store.ForgetPostsAsync(parts.Time.GetUtcNow() - KeepsPosts, ended), parts.Time, ended);
        }
    }
}
