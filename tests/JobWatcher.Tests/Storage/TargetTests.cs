using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Tests.Storage;

public sealed class TargetTests : IAsyncDisposable
{
    private static readonly CounterKey Key = new("RebootGaussDBforMySQLInstance", "Pending", "Running");

    private readonly TempStore _temp = new();

    [Fact]
    public async Task A_new_target_knows_nothing_and_its_cursors_stand_at_the_start()
    {
        var store = await _temp.OpenAsync("log", "webhook");

        var target = await store.ReadTargetAsync();

        Assert.Equal(
            new TargetRecord { Name = Make.Target, ProjectId = Make.Project, Region = Make.Region }, target);
        Assert.Equal([new ReportCursor(Make.Target, 0, 0)], await ReadCursorsAsync(store, "log"));
        Assert.Equal([new ReportCursor(Make.Target, 0, 0)], await ReadCursorsAsync(store, "webhook"));
        Assert.Empty(await ReadCursorsAsync(store, "nobody"));
    }

    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", Make.Region)]
    [InlineData(Make.Project, "eu-de")]
    public async Task A_target_whose_project_or_region_changes_starts_anew_but_goes_on_counting(
        string project, string region)
    {
        var store = await _temp.OpenAsync();
        var before = await CommitSomethingAsync(store);

        var target = await store.ReadTargetAsync(project: project, region: region);

        Assert.Equal(
            new TargetRecord
            {
                Name = Make.Target, ProjectId = project, Region = region, Version = before.Version + 1,
                // An outage goes on until the target answers, whatever it is pointed at by then.
                FailingSince = before.FailingSince, OutageReported = before.OutageReported,
            },
            target);
        Assert.Equal(target, await store.ReadTargetAsync(project: project, region: region));
        Assert.Empty(await store.ReadJobsAsync());
        Assert.Empty(await store.ReadGoneJobsAsync(Make.Target, ["gone"], TestContext.Current.CancellationToken));
        Assert.Equal(new CounterValue(1, 0), (await store.ReadCountersAsync())[Key]);
        var next = await store.CommitAsync(new PollCommit { Target = target, Transitions = [Start("job-2")] });
        Assert.Equal(2, next.Transitions.Single().Sequence);
        Assert.Equal([new ReportCursor(Make.Target, 1, 2)], await ReadCursorsAsync(store, TempStore.Reporter));
    }

    [Fact]
    public async Task A_poll_that_began_before_the_project_changed_is_refused()
    {
        var store = await _temp.OpenAsync();
        var stale = await store.ReadTargetAsync();
        await store.ReadTargetAsync(region: "eu-de");

        var result = await store.CommitAsync(new PollCommit { Target = stale });

        Assert.Same(CommitResult.Refused, result);
    }

    [Fact]
    public async Task Another_target_keeps_its_jobs_when_one_starts_anew()
    {
        var store = await _temp.OpenAsync();
        await CommitSomethingAsync(store);
        var other = await store.ReadTargetAsync("other");
        await store.CommitAsync(new PollCommit { Target = other, Jobs = [Make.Snapshot()] });

        await store.ReadTargetAsync(region: "eu-de");

        Assert.Single(await store.ReadJobsAsync("other"));
    }

    [Fact]
    public async Task A_reporter_added_later_starts_at_the_present()
    {
        var store = await _temp.OpenAsync();
        await CommitSomethingAsync(store);
        await store.DisposeAsync();
        store = await _temp.OpenAsync(TempStore.Reporter, "late");

        await store.ReadTargetAsync();

        Assert.Equal([new ReportCursor(Make.Target, 1, 1)], await ReadCursorsAsync(store, "late"));
        Assert.Equal([new ReportCursor(Make.Target, 1, 1)], await ReadCursorsAsync(store, TempStore.Reporter));
    }

    [Fact]
    public async Task A_cursor_moves_forward_and_never_back()
    {
        var store = await _temp.OpenAsync();
        await store.ReadTargetAsync();
        await store.ReadTargetAsync("other");

        foreach (var sequence in (long[])[4, 5, 3])
        {
            await store.MoveCursorAsync(
                TempStore.Reporter, Make.Target, sequence, TestContext.Current.CancellationToken);
        }

        Assert.Equal(
            [new ReportCursor("other", 0, 0), new ReportCursor(Make.Target, 5, 0)],
            await ReadCursorsAsync(store, TempStore.Reporter));
    }

    [Fact]
    public async Task Jobs_are_forgotten_once_they_have_been_gone_for_long_enough()
    {
        var store = await _temp.OpenAsync();
        await store.CommitAsync(new PollCommit
        {
            Target = await store.ReadTargetAsync(),
            Jobs =
            [
                Make.Snapshot("listed"),
                Make.Snapshot("long gone", Make.Noon.AddMilliseconds(-1)),
                Make.Snapshot("just gone", Make.Noon),
            ],
        });
        await store.CommitAsync(new PollCommit
        {
            Target = await store.ReadTargetAsync("other"),
            Jobs = [Make.Snapshot("long gone", Make.Noon.AddMilliseconds(-1))],
        });

        await store.ForgetJobsAsync(Make.Target, Make.Noon, limit: 10, TestContext.Current.CancellationToken);

        string[] ids = ["listed", "long gone", "just gone"];
        Assert.Equal("listed", (await store.ReadJobsAsync()).Single().Job.JobId);
        Assert.Equal(["just gone"], await ReadGoneAsync(Make.Target));
        Assert.Equal(["long gone"], await ReadGoneAsync("other"));

        async Task<IEnumerable<string>> ReadGoneAsync(string target) =>
            (await store.ReadGoneJobsAsync(target, ids, TestContext.Current.CancellationToken)).Keys;
    }

    [Fact]
    public async Task More_gone_jobs_can_be_asked_for_than_a_statement_has_parameters()
    {
        var store = await _temp.OpenAsync();
        var known = Enumerable.Range(0, 2_500).Select(number => Make.Snapshot($"job-{number}", Make.Noon)).ToList();
        await store.CommitAsync(new PollCommit { Target = await store.ReadTargetAsync(), Jobs = known });

        var gone = await store.ReadGoneJobsAsync(
            Make.Target,
            [.. Enumerable.Range(0, 40_000).Select(number => $"job-{number}")],
            TestContext.Current.CancellationToken);

        Assert.Equal(2_500, gone.Count);
        Assert.Empty(await store.ReadGoneJobsAsync(Make.Target, [], TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    private static Transition Start(string id) => Make.Step(id, JobStatus.Pending, JobStatus.Running);

    private static Task<IReadOnlyList<ReportCursor>> ReadCursorsAsync(IWatchStore store, string reporter) =>
        store.ReadCursorsAsync(reporter, TestContext.Current.CancellationToken);

    private static async Task<TargetRecord> CommitSomethingAsync(IWatchStore store)
    {
        var target = (await store.ReadTargetAsync()).Filled();
        var result = await store.CommitAsync(new PollCommit
        {
            Target = target,
            Jobs = [Make.Snapshot(), Make.Snapshot("gone", Make.Noon)],
            Transitions = [Start("job-1")],
            Increments = new Dictionary<CounterKey, CounterValue> { [Key] = new(1, 0) },
        });
        await store.MoveCursorAsync(TempStore.Reporter, Make.Target, 1, TestContext.Current.CancellationToken);
        return result.Target!;
    }
}
