using JobWatcher.Alerting;
using JobWatcher.Alerting.Receivers;
using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Commands.Tables;
using JobWatcher.Hosting;
using JobWatcher.Planning;

namespace JobWatcher.Commands;

/// <summary>Sends one test alert and its end through every receiver. Touches neither cloud nor store.</summary>
internal static class TestAlertCommand
{
    /// <summary>Sends with a configuration whose faults, if any, were told already.</summary>
    /// <returns>The exit code: 1 when somebody could not be told, or nobody is to be.</returns>
    public static async Task<int> RunAsync(
        WatcherPlan plan, Terminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        var receivers = plan.Receivers.Receivers;
        if (receivers.Count == 0)
        {
            await terminal.Error.WriteLineAsync(
                "alerting.receivers names nobody to tell; add a receiver. Without one, Prometheus takes alerts from the metric jobwatcher_active_alert.");
            return ExitCode.Failed;
        }

        var alert = TestAlert.Of(plan.Targets[0].Target, time.GetUtcNow());
        var notifications = new TestNotifications(plan.Receivers, new ReceiverHttp(time), time);
        var (isTold, isAnyTold) = (true, false);
        foreach (var receiver in receivers)
        {
            terminal.Progress($"telling {receiver.Name}");
            foreach (var (host, answer) in await notifications.SendAsync(receiver, alert, cancellationToken))
            {
                terminal.Progress("");
                (isTold, isAnyTold) = (isTold && answer.IsAccepted, isAnyTold || answer.IsAccepted);
                await terminal.Output.WriteLineAsync(
                    $"{receiver.Name} ({host}): {(answer.IsAccepted ? "accepted" : $"FAILED. {answer.Error}")}");
            }
        }

        if (isAnyTold)
        {
            await terminal.Output.WriteLineAsync(
                $"The test alert is about the job {alert.Job?.JobId} of target {alert.Key.Target}. "
                + $"Alertmanagers end it by themselves in {Text.Duration.Of(plan.Receivers.MinActive)}; webhooks were told its end.");
        }

        return isTold ? ExitCode.Done : ExitCode.Failed;
    }
}
