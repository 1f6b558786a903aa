using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
using JobWatcher.Storage;
using JobWatcher.Tests.Snapshots;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling;

public sealed class PollOutcomeTests : IDisposable
{
    private readonly WatchRig _rig = new();

    [Fact]
    public async Task A_complete_listing_is_a_success()
    {
        Assert.Equal(PollOutcome.Success, await _rig.BaselineAsync(Running()));
        Assert.Equal(_rig.Time.GetUtcNow(), _rig.Store.Target("prod").LastComplete);
    }

    [Fact]
    public async Task An_incomplete_listing_is_answered_but_not_complete()
    {
        _rig.Client.Lists(Incomplete(Running()));

        Assert.Equal(PollOutcome.Incomplete, await _rig.PollAsync());
        Assert.Equal(_rig.Time.GetUtcNow(), _rig.Store.Target("prod").LastAnswered);
        Assert.Null(_rig.Store.Target("prod").LastComplete);
        Assert.True(_rig.Watch.State.HasAnswered);
    }

    [Theory]
    [InlineData(CloudFault.Error, "error")]
    [InlineData(CloudFault.Throttled, "throttled")]
    [InlineData(CloudFault.Unauthorized, "unauthorized")]
    [InlineData(CloudFault.Forbidden, "forbidden")]
    [InlineData(CloudFault.Timeout, "timeout")]
    [InlineData(CloudFault.Unreachable, "error")]
    public async Task A_fault_of_the_cloud_has_its_outcome(CloudFault fault, string label)
    {
        _rig.Client.Fails(fault);

        var outcome = await _rig.PollAsync();

        Assert.Equal(label, outcome.Label());
        Assert.Equal(1, _rig.Watch.State.Polls[outcome]);
        Assert.Equal(outcome, _rig.Watch.State.LastOutcome);
        Assert.False(_rig.Watch.State.HasAnswered);
    }

    [Fact]
    public async Task A_poll_that_outlives_its_time_is_cancelled_and_failed_at_the_cloud()
    {
        var begun = _rig.Client.Hangs();
        var start = _rig.Time.GetUtcNow();
        var poll = _rig.PollAsync();
        await begun;

        _rig.Time.Advance(_rig.Target.PollTimeout);

        Assert.Equal(PollOutcome.Timeout, await poll);
        Assert.Equal(_rig.Target.PollTimeout, _rig.Watch.State.LastDuration);
        Assert.Equal(start, _rig.Store.Target("prod").FailingSince);
    }

    [Fact]
    public async Task A_look_up_for_which_the_polls_time_does_not_suffice_fails_no_poll_and_proves_nothing()
    {
        await _rig.BaselineAsync(Running());
        await _rig.PollNextAsync();
        _rig.Client.HangsOnLookUps = true;
        var poll = _rig.PollNextAsync();
        await Eventually.Holds(() => _rig.Journal.Contains("Find a"));

        _rig.Time.Advance(_rig.Target.PollTimeout);

        Assert.Equal(PollOutcome.Success, await poll);
        Assert.Null(_rig.Store.Target("prod").FailingSince);
        Assert.Equal(["a"], _rig.Watch.State.Snapshot.Open.Keys);
    }

    [Fact]
    public async Task A_listing_that_was_answered_is_taken_in_however_slow_the_store()
    {
        _rig.Client.Lists(Complete(Running()));
        _rig.Store.BeforeCommit = _ =>
        {
            _rig.Time.Advance(_rig.Target.PollTimeout);
            return Task.CompletedTask;
        };

        Assert.Equal(PollOutcome.Success, await _rig.PollAsync());
        Assert.Null(_rig.Store.Target("prod").FailingSince);
    }

    [Fact]
    public async Task A_poll_that_is_told_to_stop_throws_and_is_not_counted()
    {
        using var stopping = new CancellationTokenSource();
        var begun = _rig.Client.Hangs();
        var poll = _rig.Watch.PollAsync(stopping.Token);
        await begun;

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
        Assert.Empty(_rig.Watch.State.Polls);
        Assert.Null(_rig.Watch.State.LastOutcome);
        Assert.Empty(_rig.Store.Commits);
    }

    [Fact]
    public async Task Outcomes_are_counted_each()
    {
        await _rig.BaselineAsync();
        await _rig.PollAgainAsync();
        _rig.Client.Fails(CloudFault.Throttled);
        await _rig.PollAgainAsync();

        Assert.Equal(
            [(PollOutcome.Success, 2), (PollOutcome.Throttled, 1)],
            _rig.Watch.State.Polls.OrderBy(of => of.Key).Select(of => (of.Key, of.Value)));
    }

    [Fact]
    public async Task A_quiet_poll_writes_no_job_and_no_transition()
    {
        await _rig.BaselineAsync(Running());

        await _rig.PollNextAsync(Running());

        var commit = _rig.Store.Commits[^1];
        Assert.Empty(commit.Jobs);
        Assert.Empty(commit.Transitions);
        Assert.Empty(commit.Increments);
    }

    [Fact]
    public async Task A_change_is_committed_with_its_counter_and_the_targets_labels()
    {
        await _rig.BaselineAsync(Running());
        var ended = Job("a", JobStatus.Failed, BeforeNoon, BeforeNoon.AddSeconds(90));

        await _rig.PollNextAsync(ended);

        var commit = _rig.Store.Commits[^1];
        Assert.Equal("a: Running -> Failed", Assert.Single(commit.Transitions).Tell());
        var key = new CounterKey(ended.JobName, "Running", "Failed");
        Assert.Equal(new CounterValue(1, 90), commit.Increments[key]);
        Assert.Equal(new CounterValue(1, 90), _rig.Watch.State.Counters[key]);
        Assert.Equal("payments", commit.Labels["team"]);
    }

    public void Dispose() => _rig.Dispose();
}
