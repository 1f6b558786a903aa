using Dapper;
using JobWatcher.Alerts;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Tests.Storage;

public sealed class CommitTests : IAsyncDisposable
{
    private static readonly CounterKey Key = new("RebootGaussDBforMySQLInstance", "Running", "Failed");

    private readonly TempStore _temp = new();

    public CommitTests() => _temp.Outbox.Webhooks = ["hook"];

    /// <summary>All writes of which a poll is made.</summary>
    public static TheoryData<string> Writes =>
    [
        "UPDATE ON targets",
        "INSERT ON jobs",
        "UPDATE ON jobs",
        "INSERT ON transitions",
        "INSERT ON counters",
        "UPDATE ON counters",
        "INSERT ON alerts",
        "UPDATE ON alerts",
        "INSERT ON deliveries",
    ];

    [Fact]
    public async Task A_quiet_commit_writes_one_row()
    {
        var store = await _temp.OpenAsync();
        var target = await store.ReadTargetAsync();
        using var writes = new RowWrites(_temp);

        await store.CommitAsync(new PollCommit { Target = target with { LastAnswered = Make.Noon } });

        Assert.Equal(["UPDATE ON targets"], writes.Read());
    }

    [Fact]
    public async Task A_known_target_is_read_without_a_write()
    {
        var store = await _temp.OpenAsync();
        var target = await store.ReadTargetAsync();
        using var writes = new RowWrites(_temp);

        var again = await store.ReadTargetAsync();

        Assert.Equal(target, again);
        Assert.Empty(writes.Read());
    }

    [Fact]
    public async Task Versions_grow_by_one_and_sequences_have_no_gaps()
    {
        var store = await _temp.OpenAsync();
        var target = await store.ReadTargetAsync();

        foreach (var id in (string[])["a", "b", "c"])
        {
            var result = await store.CommitAsync(new PollCommit
            {
                Target = target,
                Transitions =
                [
                    Make.Step(id, Transition.NotListed, JobStatus.Pending),
                    Make.Step(id, JobStatus.Pending, JobStatus.Running),
                ],
            });
            Assert.Equal(target.Version + 1, result.Target!.Version);
            target = result.Target;
        }

        Assert.Equal([1, 2, 3, 4, 5, 6], (await store.ReadLogAsync()).Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task The_log_is_read_from_a_sequence_on_up_to_a_limit()
    {
        var store = await _temp.OpenAsync();
        var steps = Enumerable.Range(1, 5)
            .Select(number => Make.Step($"job-{number}", Transition.NotListed, JobStatus.Running)).ToArray();
        await store.CommitAsync(new PollCommit { Target = await store.ReadTargetAsync(), Transitions = steps });

        Assert.Equal([3, 4], (await store.ReadLogAsync(after: 2, limit: 2)).Select(entry => entry.Sequence));
        Assert.Empty(await store.ReadLogAsync(after: 5));
        Assert.Empty(await store.ReadLogAsync("another"));
    }

    [Fact]
    public async Task Counters_add_up_over_commits_and_start_at_nothing()
    {
        var store = await _temp.OpenAsync();
        var target = await store.ReadTargetAsync();
        Assert.Empty(await store.ReadCountersAsync());

        foreach (var increment in (CounterValue[])[new(1, 2.5), new(2, 0)])
        {
            var result = await store.CommitAsync(new PollCommit
            {
                Target = target,
                Increments = new Dictionary<CounterKey, CounterValue> { [Key] = increment },
            });
            target = result.Target!;
        }

        Assert.Equal([KeyValuePair.Create(Key, new CounterValue(3, 2.5))], await store.ReadCountersAsync());
        Assert.Empty(await store.ReadCountersAsync("another"));
    }

    [Fact]
    public async Task A_step_made_again_counts_up_its_occurrence_within_and_across_commits()
    {
        var store = await _temp.OpenAsync();
        var step = Make.Step("job-1", JobStatus.Pending, JobStatus.Running);
        var back = Make.Step("job-1", JobStatus.Running, JobStatus.Pending);
        var other = Make.Step("job-2", JobStatus.Pending, JobStatus.Running);

        var first = await store.CommitAsync(
            new PollCommit { Target = await store.ReadTargetAsync(), Transitions = [step, other, back, step] });
        await store.CommitAsync(new PollCommit { Target = first.Target!, Transitions = [step] });

        Assert.Equal(
            [Id(step, 1), Id(other, 1), Id(back, 1), Id(step, 2), Id(step, 3)],
            (await store.ReadLogAsync()).Select(entry => entry.Id));
    }

    [Fact]
    public async Task A_step_has_the_same_identity_under_another_target_name()
    {
        var store = await _temp.OpenAsync();
        var step = Make.Step("job-1", JobStatus.Running, JobStatus.Failed);

        foreach (var name in (string[])["one", "two"])
        {
            await store.CommitAsync(
                new PollCommit { Target = await store.ReadTargetAsync(name), Transitions = [step] });
        }

        Assert.Equal((await store.ReadLogAsync("one")).Single().Id, (await store.ReadLogAsync("two")).Single().Id);
    }

    [Fact]
    public async Task Steps_of_a_former_project_do_not_count()
    {
        var store = await _temp.OpenAsync();
        var step = Make.Step("job-1", JobStatus.Running, JobStatus.Failed);
        await store.CommitAsync(new PollCommit { Target = await store.ReadTargetAsync(), Transitions = [step] });

        var moved = await store.ReadTargetAsync(region: "eu-de");
        await store.CommitAsync(new PollCommit { Target = moved, Transitions = [step] });

        Assert.Equal(
            [TransitionId.Of("eu-de", Make.Project, step, 1)],
            (await store.ReadLogAsync(after: 1)).Select(entry => entry.Id));
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_commit_that_fails_half_way_leaves_nothing_behind(string write)
    {
        var store = await _temp.OpenAsync();
        var first = await store.CommitAsync(Everything(await store.ReadTargetAsync()));
        var before = _temp.ReadRows();
        using (var connection = _temp.Connect())
        {
            connection.Execute($"CREATE TRIGGER fault BEFORE {write} BEGIN SELECT RAISE(ABORT, 'not today'); END");
        }

        var commit = Everything(first.Target!);
        var fault = await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(commit));

        Assert.DoesNotContain("not today", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, _temp.ReadRows());
        using (var connection = _temp.Connect())
        {
            connection.Execute("DROP TRIGGER fault");
        }

        Assert.NotNull((await store.CommitAsync(commit)).Target);
    }

    [Fact]
    public async Task The_writes_that_are_made_to_fail_are_all_that_a_poll_makes()
    {
        var store = await _temp.OpenAsync();
        var target = await store.ReadTargetAsync();
        using var writes = new RowWrites(_temp);

        var first = await store.CommitAsync(Everything(target));
        await store.CommitAsync(Everything(first.Target!));

        Assert.Equal(
            Writes.Select(write => write.Data).Order(StringComparer.Ordinal),
            writes.Read().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_fence_refuses_a_commit_whole_whose_version_is_not_the_stored_one()
    {
        var store = await _temp.OpenAsync();
        var first = await store.CommitAsync(Everything(await store.ReadTargetAsync()));
        var target = first.Target!;
        var before = _temp.ReadRows();

        foreach (var version in (long[])[target.Version - 1, target.Version + 1])
        {
            var result = await store.CommitAsync(Everything(target with { Version = version }));

            Assert.Same(CommitResult.Refused, result);
            Assert.Equal(before, _temp.ReadRows());
        }
    }

    [Fact]
    public async Task A_target_that_nobody_read_is_refused()
    {
        var store = await _temp.OpenAsync();

        var result = await store.CommitAsync(
            new PollCommit { Target = new() { Name = "new", ProjectId = Make.Project, Region = Make.Region } });

        Assert.Same(CommitResult.Refused, result);
    }

    [Fact]
    public async Task Of_two_writers_with_the_same_version_one_wins_and_the_other_writes_nothing()
    {
        var store = await _temp.OpenAsync();
        var target = await store.ReadTargetAsync();

        var results = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(writer => store.CommitAsync(new PollCommit
            {
                Target = target,
                Jobs = [Make.Snapshot($"job-{writer}")],
                Transitions = [Make.Step($"job-{writer}", Transition.NotListed, JobStatus.Running)],
                Increments = new Dictionary<CounterKey, CounterValue> { [Key] = new(1, 0) },
            })));

        var winner = Assert.Single(results, result => result.Target is not null);
        var job = winner.Transitions.Single().Transition.Job;
        Assert.Equal(job, (await store.ReadLogAsync()).Single().Transition.Job);
        Assert.Equal(job.JobId, (await store.ReadJobsAsync()).Single().Job.JobId);
        Assert.Equal(1, (await store.ReadCountersAsync())[Key].Count);
        Assert.Equal(target.Version + 1, (await store.ReadTargetAsync()).Version);
    }

    [Fact]
    public async Task Writers_of_different_targets_do_not_fail_each_other()
    {
        var store = await _temp.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            var target = await store.ReadTargetAsync($"target-{number}");
            for (var commit = 0; commit < 20; commit++)
            {
                target = (await store.CommitAsync(Everything(target))).Target!;
                Assert.NotEmpty(await store.ReadJobsAsync(target.Name));
            }
        }));

        var cursors = await store.ReadCursorsAsync(TempStore.Reporter, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Repeat(20L, 8), cursors.Select(cursor => cursor.Committed));
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    private static TransitionId Id(Transition step, long occurrence) =>
        TransitionId.Of(Make.Region, Make.Project, step, occurrence);

    /// <summary>A poll that writes to all tables of a poll: of two, the second ends the alert that the first started.</summary>
    private static PollCommit Everything(TargetRecord target) => new()
    {
        Target = target with { WatchFrom = Make.Noon, OutageReported = true },
        Jobs = [Make.Snapshot(), Make.Snapshot($"job-of-{target.Version}")],
        Transitions = [Make.Step("job-1", JobStatus.Running, JobStatus.Failed)],
        Increments = new Dictionary<CounterKey, CounterValue> { [Key] = new(1, 1) },
        Alerts = firing => new AlertChanges([Make.FailedAlert($"job-of-{target.Version}", target.Name)], [.. firing.Select(End)]),
    };

    private static Alert End(Alert alert) => alert.Ended(EndReason.Completed, Make.Noon.AddMinutes(30), Make.Noon.AddHours(1));
}
