using System.Text.Json;
using JobWatcher.Alerting.Receivers;
using JobWatcher.Commands;
using JobWatcher.Configuration.Alerting;
using JobWatcher.Configuration.Credentials;
using JobWatcher.Hosting;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.Tests.Alerting.Receivers.Alertmanager;
using JobWatcher.Tests.Alerting.Receivers.Http;
using JobWatcher.Tests.Commands.Tables;
using JobWatcher.Tests.Polling;
using JobWatcher.Text;

namespace JobWatcher.Tests.Commands;

public sealed class TestAlertCommandTests : IDisposable
{
    private readonly Screen _screen = new(width: null);

    [Fact]
    public async Task Every_receiver_gets_one_alert_that_says_it_is_a_test_and_ends()
    {
        await using var alertmanager = await LoopbackServer.StartAsync();
        await using var webhook = await LoopbackServer.StartAsync();

        var code = await RunAsync(Alertmanager(alertmanager.Port), Webhook(webhook.Port));

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(["am (http://127.0.0.1): accepted", "hook (http://127.0.0.1): accepted"], _screen.Lines.SkipLast(1));
        Assert.Contains("Alertmanagers end it by themselves in 5m", _screen.Lines[^1], StringComparison.Ordinal);

        var posted = PostedAlert.Parse(alertmanager.Requests.Last().Body).Single();
        Assert.Equal(("JobWatcherJobFailed", "critical", "prod", "payments"), (
            posted.Labels["alertname"], posted.Labels["severity"], posted.Labels["target"], posted.Labels["team"]));
        Assert.StartsWith("This is a test", posted.Annotations["summary"], StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(5), posted.EndsAt - posted.StartsAt);

        var events = webhook.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement).ToList();
        Assert.Equal(
            ["jobwatcher.alert.firing.v1", "jobwatcher.alert.resolved.v1"], events.Select(told => told.GetProperty("type").GetString()));
        Assert.Equal(posted.Job, events[0].GetProperty("data").GetProperty("jobId").GetString());
    }

    [Fact]
    public async Task A_receiver_that_refuses_is_told_and_the_others_are_told_of_the_alert_all_the_same()
    {
        await using var refusing = await LoopbackServer.StartAsync();
        refusing.Answer = context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        };
        await using var webhook = await LoopbackServer.StartAsync();

        var code = await RunAsync(Alertmanager(refusing.Port), Webhook(webhook.Port));

        Assert.Equal(ExitCode.Failed, code);
        Assert.Equal("am (http://127.0.0.1): FAILED. It answered 403.", _screen.Lines[0]);
        Assert.Equal(2, webhook.Requests.Count);
    }

    [Fact]
    public async Task Where_nobody_is_to_be_told_that_is_said_with_the_way_out()
    {
        Assert.Equal(ExitCode.Failed, await RunAsync());

        Assert.Contains("alerting.receivers names nobody", _screen.Error, StringComparison.Ordinal);
        Assert.Empty(_screen.Output);
    }

    public void Dispose() => _screen.Dispose();

    private static AlertmanagerConfiguration Alertmanager(int port) => new()
    {
        Name = "am",
        Access = ReceiverAccess.Plain,
        Urls = [new SecretAddress(new Uri($"http://127.0.0.1:{port}/path-of-a-secret"))],
        ResendEvery = Duration.Minutes(1),
    };

    private static WebhookConfiguration Webhook(int port) => new()
    {
        Name = "hook",
        Access = ReceiverAccess.Plain,
        Url = new SecretAddress(new Uri($"http://127.0.0.1:{port}/path-of-a-secret")),
        Secret = new SecretConfiguration(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
    };

    private async Task<int> RunAsync(params ReceiverConfiguration[] receivers)
    {
        await using var rig = await CommandRig.CreateAsync();
        var targets = rig.Plan().Targets;
        var plan = rig.Plan() with
        {
            Targets = [targets[0] with { Target = WatchRig.TargetNamed("prod") }],
            Receivers = new ReceiverPlan { Receivers = receivers },
        };
        return await TestAlertCommand.RunAsync(plan, _screen.Terminal, new SettableTime(DateTimeOffset.UtcNow), WatchRig.Token);
    }
}
