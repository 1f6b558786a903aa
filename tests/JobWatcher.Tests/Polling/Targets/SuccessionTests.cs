using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Planning;
using JobWatcher.Polling;
using JobWatcher.Polling.Clients;
using JobWatcher.Polling.Targets;
using JobWatcher.Storage;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling.Targets;

/// <summary>A watch that goes on where another stood, because its target's configuration changed.</summary>
public sealed class SuccessionTests : IDisposable
{
    private const string OtherProject = "719d3e78f61b4be68bc5aa0b59edcf7b";
    private static readonly CounterKey Completed = new("RebootGaussDBforMySQLInstance", "Running", "Completed");

    private readonly WatchRig _rig = new();

    [Fact]
    public async Task Where_the_project_stays_all_that_is_known_stays()
    {
        await CompleteOneAsync();

        var after = Successor(_rig.Target with { Interval = TimeSpan.FromSeconds(5) });

        Assert.Equal(TimeSpan.FromSeconds(5), after.Interval);
        Assert.Same(_rig.Watch.State, after.State);
        Assert.Same(_rig.Watch.Labels, after.Labels);
        Assert.Equal(_rig.Watch.LastPollEnded, after.LastPollEnded);
        Assert.Equal(_rig.Watch.AttemptTimestamp, after.AttemptTimestamp);
    }

    [Fact]
    public async Task Its_next_poll_concludes_as_the_one_before_would_have()
    {
        await _rig.BaselineAsync(Running());
        var after = Successor(_rig.Target with { Labels = new Dictionary<string, string> { ["team"] = "orders" } });

        _rig.Client.Lists(Complete(Job("a", JobStatus.Completed, BeforeNoon, Noon)));
        await after.PollAsync(WatchRig.Token);

        var step = Assert.Single(_rig.Store.Log);
        Assert.Equal("orders", step.Labels["team"]);
        Assert.Equal(2, after.State.Polls[PollOutcome.Success]);
    }

    [Theory]
    [InlineData(OtherProject, "cn-north-4")]
    [InlineData("619d3e78f61b4be68bc5aa0b59edcf7b", "cn-east-3")]
    public async Task Another_project_or_region_starts_anew_and_its_counters_go_on(string project, string region)
    {
        await CompleteOneAsync();

        var after = Successor(_rig.Target with { ProjectId = project, Region = region });
        var shown = after.State;
        _rig.Client.Lists(Complete(Running("b")));
        await after.PollAsync(WatchRig.Token);

        Assert.Empty(shown.Snapshot.Jobs);
        Assert.False(shown.HasAnswered);
        Assert.Null(shown.Record!.LastAnswered);
        Assert.Null(shown.LastOutcome);
        Assert.Equal(2, shown.Polls[PollOutcome.Success]);
        Assert.Equal(1, shown.Counters[Completed].Count);
        Assert.Equal(1, after.State.Counters[Completed].Count);
        Assert.Equal(["b"], after.State.Snapshot.Jobs.Keys);
        Assert.Single(_rig.Store.Log);
    }

    [Fact]
    public async Task Counters_that_no_scrape_has_carried_keep_their_value_at_take_over()
    {
        await CompleteOneAsync();
        _rig.Restart();
        await _rig.PollNextAsync(Job("b", JobStatus.Running, Noon));
        await _rig.PollNextAsync(Job("b", JobStatus.Completed, Noon, Noon.AddMinutes(1)));

        var after = Successor(_rig.Target with { ProjectId = OtherProject });
        _rig.Client.Lists(Complete());
        await after.PollAsync(WatchRig.Token);

        Assert.Same(_rig.Watch.State.TakeOver, after.State.TakeOver);
        Assert.Equal(1, after.State.CountersAtTakeOver[Completed].Count);
        Assert.Equal(2, after.State.Counters[Completed].Count);
    }

    [Fact]
    public async Task One_that_was_never_read_takes_over_what_the_store_has_when_it_is()
    {
        await CompleteOneAsync();
        _rig.Restart();

        var after = Successor(_rig.Target with { ProjectId = OtherProject });
        _rig.Client.Lists(Complete());
        await after.PollAsync(WatchRig.Token);

        Assert.Equal(1, after.State.CountersAtTakeOver[Completed].Count);
    }

    [Fact]
    public async Task What_was_told_of_an_outage_that_the_store_could_not_note_is_not_told_again()
    {
        await _rig.BaselineAsync();
        _rig.Client.Fails();
        await _rig.PollAgainAsync();
        _rig.Store.BeforeCommit = _ => throw new StoreException("The disk is full.");
        _rig.Time.Advance(_rig.Target.UnknownAfter);
        await _rig.PollAgainAsync();

        var after = Successor(_rig.Target with { Interval = TimeSpan.FromSeconds(5) });
        await after.PollAsync(WatchRig.Token);
        _rig.Client.Lists(Complete());
        await after.PollAsync(WatchRig.Token);
        await Successor(after.Target, after).PollAsync(WatchRig.Token);

        _rig.Log.Single("TargetUnreachable");
        _rig.Log.Single("TargetRecovered");
    }

    [Fact]
    public async Task An_outage_that_was_short_at_the_change_and_is_over_at_the_next_poll_is_none()
    {
        await _rig.FailForAsync(_rig.Target.UnknownAfter - _rig.Target.Interval);
        var after = Successor(_rig.Target with { Interval = TimeSpan.FromSeconds(5) });
        _rig.Time.Advance(_rig.Target.Interval * 2);
        _rig.Client.Lists(Complete());

        await after.PollAsync(WatchRig.Token);

        Assert.Equal(["TargetBaselined", "PollFailed", "PollRecovered"], _rig.Log.Names);
    }

    [Fact]
    public async Task An_outage_of_the_look_up_goes_on_when_the_project_is_configured()
    {
        var before = await LookedUpInVainAsync();
        var since = _rig.Time.GetUtcNow();
        _rig.Client.Fails();
        _rig.Time.Advance(_rig.Target.UnknownAfter);

        await Successor(_rig.Target, before).PollAsync(WatchRig.Token);

        Assert.Equal(since, _rig.Store.Target("prod").FailingSince);
        _rig.Log.Single("TargetUnreachable");
    }

    [Fact]
    public async Task An_outage_of_the_look_up_that_was_short_when_the_project_was_configured_is_none()
    {
        var before = await LookedUpInVainAsync();
        _rig.Time.Advance(_rig.Target.UnknownAfter);
        _rig.Client.Lists(Complete());

        await Successor(_rig.Target, before).PollAsync(WatchRig.Token);

        Assert.Equal(["PollFailed", "PollRecovered", "TargetBaselined"], _rig.Log.Names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(4, false, new[] { "PollFailed", "PollRecovered" })]
    [InlineData(4, true, new[] { "PollFailed", "PollRecovered" })]
    [InlineData(6, false, new[] { "PollFailed", "TargetUnreachable", "TargetRecovered" })]
    [InlineData(6, true, new[] { "PollFailed", "TargetUnreachable", "TargetRecovered" })]
    public async Task An_outage_ends_when_the_target_is_pointed_at_a_project_that_answers(int minutes, bool isRestarted, string[] told)
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(minutes));
        var target = _rig.Target with { ProjectId = OtherProject };
        if (isRestarted)
        {
            _rig.Restart(target);
        }

        var after = isRestarted ? _rig.Watch : Successor(target);
        _rig.Client.Lists(Complete());
        await after.PollAsync(WatchRig.Token);

        Assert.Equal(told, _rig.Log.Names.Where(name => name != "TargetBaselined"));
        Assert.Null(_rig.Store.Target("prod").FailingSince);
    }

    [Fact]
    public async Task A_target_that_is_pointed_elsewhere_is_not_blamed_for_a_store_that_kept_its_answers()
    {
        await _rig.BaselineAsync();
        _rig.Client.Fails();
        await _rig.PollAgainAsync();
        _rig.Client.Lists(Complete());
        _rig.Store.BreaksAt = "Commit";
        await _rig.PollAgainAsync();

        Assert.True(Successor(_rig.Target with { ProjectId = OtherProject }).State.HasFailedAtStore);
    }

    [Fact]
    public async Task A_project_that_is_looked_up_stays_known()
    {
        await _rig.BaselineAsync(Running());

        var after = Successor(_rig.Target with { ProjectId = "" });

        Assert.Equal(_rig.Target.ProjectId, after.Target.ProjectId);
        Assert.Equal(["a"], after.State.Snapshot.Jobs.Keys);
    }

    [Fact]
    public async Task A_larger_limit_gives_names_labels_of_their_own()
    {
        using var rig = new WatchRig(WatchRig.TargetNamed("prod") with { JobNameLimit = 1 });
        await rig.BaselineAsync(Running() with { JobName = "Invented" });

        var after = rig.WatchOver(TargetClient.Of(rig.Target.ProjectId, rig.Client), rig.Target with { JobNameLimit = 100 });
        after.GoOnFrom(rig.Watch);

        Assert.Equal("other", rig.Watch.Labels.JobNames.Of("Invented"));
        Assert.Equal("Invented", after.Labels.JobNames.Of("Invented"));
    }

    public void Dispose() => _rig.Dispose();

    private async Task CompleteOneAsync()
    {
        await _rig.BaselineAsync(Running());
        await _rig.PollNextAsync(Job("a", JobStatus.Completed, BeforeNoon, Noon));
    }

    private async Task<TargetWatch> LookedUpInVainAsync()
    {
        var watch = _rig.WatchOver(
            new TargetClient(null, _ => throw new CloudException(CloudFault.Forbidden, "No."), _ => _rig.Client),
            _rig.Target with { ProjectId = "" });
        await watch.PollAsync(WatchRig.Token);
        return watch;
    }

    private TargetWatch Successor(WatchedTarget target, TargetWatch? before = null)
    {
        var after = _rig.WatchOver(
            new TargetClient(target.ProjectId.Length > 0 ? target.ProjectId : null, _ => Task.FromResult(""), _ => _rig.Client), target);
        after.GoOnFrom(before ?? _rig.Watch);
        return after;
    }
}
