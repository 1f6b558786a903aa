using CsCheck;
using JobWatcher.Alerts;

namespace JobWatcher.Tests.Alerting.Receivers.Alertmanager;

/// <summary>Several Alertmanagers of one receiver, which are one cluster.</summary>
public sealed class PeerTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly long Iterations =
        Environment.GetEnvironmentVariable("JOBWATCHER_LONG_TESTS") is "1" ? 2000 : 40;

    [Fact]
    public async Task One_that_is_down_holds_up_no_other()
    {
        using var rig = new SenderRig(peers: 2);
        rig.Peers[0].Refuses = FakeAlertmanager.With(500);
        var alert = rig.Alerts.Start();
        await rig.PassAsync(Minute);
        rig.Alerts.End(alert);
        rig.Wake();

        await rig.PassAsync(10 * Minute);

        Assert.Equal(["firing job-1", "resolved job-1"], rig.Peers[1].Notifications);
        Assert.Empty(rig.Peers[0].Notifications);
    }

    [Fact]
    public async Task What_one_told_as_ended_does_not_fire_anew_because_another_returns()
    {
        using var rig = new SenderRig(peers: 2);
        rig.Peers[0].Refuses = FakeAlertmanager.With(500);
        var alert = rig.Alerts.Start();
        await rig.PassAsync(Minute);
        rig.Alerts.End(alert);
        await rig.PassAsync(60 * Minute);
        rig.Peers[0].Refuses = null;

        await rig.PassAsync(60 * Minute);

        Assert.Empty(rig.Peers[0].Notifications);
        Assert.Equal(["firing job-1", "resolved job-1"], rig.Peers[1].Notifications);
    }

    // The whole of rules A6 and A8, whatever happens to the one Alertmanager, the watcher and the clock.
    [Fact]
    public Task Each_alert_fires_once_and_ends_once_whatever_happens() => Gen.Select(
        Gen.Int[0, 4].Array[1, 40], Gen.Int[1, 240].Array[40], Gen.Int[-7200, 7200]).SampleAsync(
        async (steps, waits, ahead) =>
        {
            using var rig = new SenderRig();
            rig.Peer.Ahead = TimeSpan.FromSeconds(ahead);
            var firing = new Queue<Alert>();
            var outage = TimeSpan.Zero;
            for (var i = 0; i < steps.Length; i++)
            {
                await StepAsync(rig, steps[i], firing, $"job-{i}");
                var wait = TimeSpan.FromSeconds(waits[i]);
                outage = rig.Peer.Refuses is null ? TimeSpan.Zero : outage + wait;
                if (outage > 10 * Minute)
                {
                    // What is away for longer than a post holds ends alerts by itself.
                    rig.Peer.Refuses = null;
                }

                await rig.PassAsync(wait);
            }

            rig.Peer.Refuses = null;
            await rig.PassAsync(2 * Minute);
            while (firing.TryDequeue(out var alert))
            {
                rig.Alerts.End(alert);
            }

            await rig.PassAsync(30 * Minute);

            Assert.Empty(rig.Peer.Firing);
            Assert.Equal(
                rig.Alerts.All.SelectMany(alert => new[] { $"firing {alert.Key.JobId}", $"resolved {alert.Key.JobId}" }).Order(StringComparer.Ordinal),
                rig.Peer.Notifications.Order(StringComparer.Ordinal));
        }, iter: Iterations, threads: 1);

    private static async Task StepAsync(SenderRig rig, int step, Queue<Alert> firing, string job)
    {
        switch (step)
        {
            case 0:
                firing.Enqueue(rig.Alerts.Start(job));
                rig.Wake();
                break;
            case 1 when firing.TryDequeue(out var alert):
                rig.Alerts.End(alert);
                rig.Wake();
                break;
            case 2:
                rig.Peer.Refuses = rig.Peer.Refuses is null ? FakeAlertmanager.With(503) : null;
                break;
            case 3:
                await rig.RestartAsync();
                break;
            case 4:
                rig.Peer.Restart();
                break;
        }
    }
}
