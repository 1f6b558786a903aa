using System.Text.Json;
using JobWatcher.Alerting.Receivers;
using JobWatcher.Configuration.Credentials;
using JobWatcher.Planning;
using JobWatcher.Reloading;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Tests.Polling;
using JobWatcher.Tests.Reporting;

namespace JobWatcher.Tests.Reloading;

public sealed class ReloadReportsTests : IDisposable
{
    private static readonly PlanChanges None = new(new TargetChanges([], [], []), [], []) { IsEmpty = true };

    private readonly WatchRig _rig = new();
    private readonly ProcessSamples _process;
    private readonly ReloadReports _reports;

    public ReloadReportsTests()
    {
        _process = new ProcessSamples(_rig.Health, _rig.Shares, new NotificationSamples(new PendingNotifications(), new NotificationCounts()), _rig.Time);
        _reports = new ReloadReports(_process, _rig.Log.LoggerOf<ReloadReports>());
    }

    [Fact]
    public void A_reload_tells_what_changed_as_lists()
    {
        _reports.Taken(new PlanChanges(
            new TargetChanges([Planned("b"), Planned("a")], ["old"], [Planned("c")]), ["metrics"], ["server.listen"])
        {
            IsEmpty = false,
        });

        var told = Told("ConfigurationReloaded");
        Assert.Equal(["a", "b"], Texts(told, "AddedTargets"));
        Assert.Equal(["old"], Texts(told, "RemovedTargets"));
        Assert.Equal(["c"], Texts(told, "ChangedTargets"));
        Assert.Equal(["metrics"], Texts(told, "ChangedSettings"));
        Assert.Equal(["server.listen"], Texts(told, "RestartNeeded"));
        Assert.Equal(
            (2, 1, 1), (told.GetProperty("Added").GetInt32(), told.GetProperty("Removed").GetInt32(), told.GetProperty("Changed").GetInt32()));
        Assert.Equal(
            "The configuration was reloaded: 2 targets were added, 1 removed, 1 changed. A restart is needed for server.listen.",
            told.GetProperty("@m").GetString());
    }

    [Fact]
    public void Where_no_restart_is_needed_the_field_is_null()
    {
        _reports.Taken(None with { IsEmpty = false, Settings = ["metrics"] });

        Assert.Equal(JsonValueKind.Null, Told("ConfigurationReloaded").GetProperty("RestartNeeded").ValueKind);
    }

    [Fact]
    public void Names_are_bounded_and_counted()
    {
        _reports.Taken(None with
        {
            IsEmpty = false,
            Targets = new TargetChanges([.. Enumerable.Range(0, 2000).Select(number => Planned($"target-{number:0000}"))], [], []),
        });

        var told = Told("ConfigurationReloaded");
        Assert.Equal(2000, told.GetProperty("Added").GetInt32());
        Assert.Equal(50, Texts(told, "AddedTargets").Count());
    }

    [Fact]
    public void What_changes_nothing_is_not_told_and_counts_as_read()
    {
        _rig.Time.Advance(TimeSpan.FromHours(1));

        _reports.Taken(None);

        Assert.Empty(_rig.Log.Events);
        Assert.Equal(_rig.Time.GetUtcNow().ToUnixTimeSeconds(), Value(MetricFamilies.ConfigLastReloadSuccess));
    }

    [Fact]
    public void A_faulty_configuration_is_told_with_its_faults_and_seen_in_the_metric()
    {
        var before = Value(MetricFamilies.ConfigLastReloadSuccess);
        _rig.Time.Advance(TimeSpan.FromHours(1));

        _reports.Rejected(["jobwatcher.yaml:3:5: targets[0].interval: \"5x\" is no duration", "jobwatcher.yaml:4:5: other"]);

        var told = Told("ConfigurationRejected");
        Assert.Equal("Error", told.GetProperty("@l").GetString());
        Assert.Equal(2, told.GetProperty("FaultCount").GetInt32());
        Assert.Equal(
            ["jobwatcher.yaml:3:5: targets[0].interval: \"5x\" is no duration", "jobwatcher.yaml:4:5: other"], Texts(told, "Faults"));
        Assert.Equal(0, Value(MetricFamilies.ConfigLastReloadSuccessful));
        Assert.Equal(before, Value(MetricFamilies.ConfigLastReloadSuccess));
    }

    [Fact]
    public void A_fault_that_is_cut_keeps_whole_characters()
    {
        _reports.Rejected([new string('x', 498) + "😀😀"]);

        Assert.Equal(new string('x', 498) + "…", Told("ConfigurationRejected").GetProperty("FirstFault").GetString());
    }

    [Fact]
    public void Faults_are_bounded_in_number_and_length()
    {
        _reports.Rejected([.. Enumerable.Repeat(new string('x', 10_000), 1000)]);

        var told = Told("ConfigurationRejected");
        Assert.Equal(1000, told.GetProperty("FaultCount").GetInt32());
        Assert.Equal(50, Texts(told, "Faults").Count());
        Assert.All(Texts(told, "Faults"), fault => Assert.Equal(500, fault!.Length));
        Assert.True(told.GetRawText().Length < 40_000);
    }

    [Fact]
    public void The_repair_of_a_fault_is_told_though_what_holds_has_not_changed()
    {
        _reports.Rejected(["fault"]);
        _reports.Taken(None);
        _reports.Taken(None);

        Told("ConfigurationReloaded");
        Assert.Equal(1, Value(MetricFamilies.ConfigLastReloadSuccessful));
    }

    [Fact]
    public void Files_that_cannot_be_read_in_time_are_told_once_until_they_can()
    {
        _reports.Unreadable(TimeSpan.FromSeconds(10));
        _reports.Unreadable(TimeSpan.FromSeconds(10));
        Told("ConfigurationRejected");
        _reports.Taken(None);
        _reports.Unreadable(TimeSpan.FromSeconds(10));

        Assert.Equal(
            ["ConfigurationRejected", "ConfigurationReloaded", "ConfigurationRejected"],
            _rig.Log.Names.Where(name => name.StartsWith("Configuration", StringComparison.Ordinal)));
    }

    public void Dispose() => _rig.Dispose();

    private static PlannedTarget Planned(string name) => new()
    {
        Target = WatchRig.TargetNamed(name),
        Credentials = new TokenConfiguration(new SecretConfiguration("token")),
    };

    private static IEnumerable<string?> Texts(JsonElement told, string field) =>
        told.GetProperty(field).EnumerateArray().Select(item => item.GetString());

    private JsonElement Told(string name) => JsonLine.Of(_rig.Log.Single(name));

    private double Value(MetricFamily family) => _process.Now(1).Single(sample => sample.Family == family).Value;
}
