using JobWatcher.Alerts;
using JobWatcher.Background;
using JobWatcher.Configuration.Alerting;

namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>Runs the receivers of a plan that are Alertmanagers.</summary>
internal sealed class AlertmanagerReceivers(ReceiverParts parts, PendingNotifications pending)
{
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    // A row is needed for as long as its alert may be told, and a clock may be wrong.
    private static readonly TimeSpan KeepsPosts = PostRules.GivesUpAfter + TimeSpan.FromDays(1);

    /// <summary>Runs them until told to stop, because the process ends or another plan is in force.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ended"/> fired.</exception>
    public async Task RunAsync(ReceiverPlan plan, CancellationToken ended)
    {
        // Alone, so that a name that was a webhook's starts at the present like any other new one.
        var configured = plan.Receivers.OfType<AlertmanagerConfiguration>().ToList();
        var since = await UntilStored.RunAsync(
            () => parts.Store.TakeUpReceiversAsync([.. configured.Select(receiver => receiver.Name)], ended), parts.Time, ended);
        var receivers = configured
            .ToDictionary(
                configuration => configuration.Name,
                configuration => new AlertmanagerReceiver(configuration, plan, since[configuration.Name], parts),
                StringComparer.Ordinal);
        foreach (var (name, receiver) in receivers)
        {
            pending.Add(name, receiver.Pending);
        }

        // With no Alertmanager too: that nobody needs what has ended must be said.
        parts.Alerts.Hold(Needed);
        try
        {
            await Together.RunAsync(
                [ForgetAsync, .. receivers.Values.Select(receiver => (Func<CancellationToken, Task>)receiver.RunAsync)], ended);
        }
        finally
        {
            parts.Alerts.Release(Needed);
        }

        IEnumerable<AlertId> Needed(IReadOnlyCollection<Alert> alerts) =>
            receivers.Values.SelectMany(receiver => receiver.Needed(alerts));
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
