using JobWatcher.Alerting.Receivers;
using JobWatcher.Configuration.Alerting;
using JobWatcher.Configuration.Credentials;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Planning;
using JobWatcher.Polling;
using JobWatcher.Polling.Budgets;
using JobWatcher.Reloading;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Tests.Polling;
using JobWatcher.Text;
using Microsoft.Extensions.Logging;

namespace JobWatcher.Tests.Reloading;

public sealed class PlanChangesTests
{
    private static readonly WatcherPlan Plan = new()
    {
        Targets = [],
        Budget = WatchRig.Budget,
        StorePath = "/data/jobwatcher.db",
        Listen = new Uri("http://0.0.0.0:9464"),
        Metrics = new MetricsOptions(PerJob: true, 500, 20_000, KnownJobNamesAtZero: true),
        LogLevel = LogLevel.Information,
        JsonLog = true,
    };

    [Fact]
    public void The_same_plan_changes_nothing()
    {
        var changes = PlanChanges.Between(Plan, Plan, Plan with { Listen = new Uri("http://0.0.0.0:9464") });

        Assert.True(changes.IsEmpty);
    }

    [Fact]
    public void Receivers_that_are_read_again_as_they_were_are_no_change()
    {
        var before = Plan with { Receivers = ReceiversAt("http://am-0:9093") };

        Assert.True(PlanChanges.Between(before, before, Plan with { Receivers = ReceiversAt("http://am-0:9093") }).IsEmpty);
        Assert.False(PlanChanges.Between(before, before, Plan with { Receivers = ReceiversAt("http://am-1:9093") }).IsEmpty);
    }

    [Fact]
    public void Settings_of_all_targets_are_told_by_their_keys()
    {
        var changes = PlanChanges.Between(Plan, Plan, Plan with
        {
            Budget = new EntryBudget(new RequestRate(100, TimeSpan.FromMinutes(5)), MaxConcurrency: 1),
            Metrics = Plan.Metrics with { PerJob = false },
            LogLevel = LogLevel.Debug,
            Receivers = new ReceiverPlan { Receivers = ReceiversAt("http://am-1:9093").Receivers },
        });

        Assert.False(changes.IsEmpty);
        Assert.Equal(["polling.requestBudget", "polling.maxConcurrency", "alerting.receivers", "metrics", "logging.level"], changes.Settings);
        Assert.Empty(changes.RestartNeeded);
    }

    [Fact]
    public void What_all_receivers_share_is_told_by_keys_of_its_own()
    {
        var before = ReceiversAt("http://am:9093");
        var after = before with
        {
            Heartbeat = null, MinActive = TimeSpan.FromMinutes(7), ExternalUrl = new Uri("https://jobwatcher.example.com"),
        };

        var changes = PlanChanges.Between(Plan, Plan with { Receivers = before }, Plan with { Receivers = after });

        Assert.Equal(["alerting.heartbeat", "alerting.minActive", "server.externalUrl"], changes.Settings);
    }

    [Fact]
    public void What_is_fixed_at_the_start_needs_a_restart_until_it_is_as_it_was_then()
    {
        var moved = Plan with
        {
            StorePath = "/other.db",
            Retention = new RetentionOptions { History = TimeSpan.FromDays(30) },
            Listen = new Uri("http://0.0.0.0:80"),
            JsonLog = false,
        };

        var first = PlanChanges.Between(Plan, Plan, moved);
        var second = PlanChanges.Between(Plan, moved, moved with { LogLevel = LogLevel.Debug });
        var back = PlanChanges.Between(Plan, moved, Plan);

        Assert.Equal(["store.path", "store.historyRetention", "server.listen", "logging.format"], first.RestartNeeded);
        Assert.Equal(first.RestartNeeded, second.RestartNeeded);
        Assert.Empty(back.RestartNeeded);
        Assert.False(first.IsEmpty);
        Assert.False(back.IsEmpty);
    }

    private static ReceiverPlan ReceiversAt(string url) => new()
    {
        Receivers =
        [
            new AlertmanagerConfiguration
            {
                Name = "am",
                Access = new ReceiverAccess { BearerToken = new SecretConfiguration(new Secret("token")) },
                Urls = [new SecretAddress(new Uri(url))],
                ResendEvery = Duration.Minutes(1),
            },
        ],
        Heartbeat = new HeartbeatConfiguration { Url = new SecretAddress(new Uri("https://ping.example.com/x")), Every = Duration.Minutes(1) },
    };
}
