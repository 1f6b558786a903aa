using Dapper;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;
using JobWatcher.Storage.Sqlite.Reading;

namespace JobWatcher.Tests.Storage.Sqlite.Reading;

public sealed class TransitionHistoryTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();

    private TransitionHistory History => new(_temp.Path);

    [Fact]
    public async Task The_newest_come_first_across_targets_and_within_a_poll()
    {
        var store = await _temp.OpenAsync();
        await store.AppearAsync("prod", Make.Noon, "a", "b");
        await store.AppearAsync("test", Make.Noon.AddMinutes(2), "c");
        await store.AppearAsync("prod", Make.Noon.AddMinutes(1), "d");

        var read = await ReadAsync(new TransitionFilter());

        Assert.Equal(["c", "d", "b", "a"], read.Select(JobId));
    }

    [Fact]
    public async Task All_fields_come_back_as_they_were_committed()
    {
        var store = await _temp.OpenAsync();
        var committed = await store.AppearAsync("prod", Make.Noon, "a");

        var read = await ReadAsync(new TransitionFilter());

        Assert.Equivalent(committed.Transitions, read, strict: true);
    }

    [Fact]
    public async Task Pages_join_without_a_gap_and_without_a_repeat()
    {
        var store = await _temp.OpenAsync();
        // Many of the same time, so that a page ends among them.
        foreach (var minute in Enumerable.Range(0, 3))
        {
            foreach (var target in new[] { "prod", "test" })
            {
                await store.AppearAsync(
                    target,
                    Make.Noon.AddMinutes(minute),
                    [.. Enumerable.Range(0, 301).Select(number => $"{target}-{minute}-{number}")]);
            }
        }

        var pages = new List<int>();
        var read = new List<CommittedTransition>();
        await foreach (var page in History.ReadAsync(new TransitionFilter(), CancellationToken.None))
        {
            pages.Add(page.Count);
            read.AddRange(page);
        }

        Assert.Equal([500, 500, 500, 306], pages);
        Assert.Equal(6 * 301, read.Select(committed => committed.Id).Distinct().Count());
        Assert.Equal(
            read.OrderByDescending(committed => committed.Transition.ObservedTime)
                .ThenByDescending(committed => committed.Target, StringComparer.Ordinal)
                .ThenByDescending(committed => committed.Sequence)
                .Select(committed => committed.Id),
            read.Select(committed => committed.Id));
    }

    [Theory]
    [InlineData(null, null, null, null, "c b a")]
    [InlineData("prod", null, null, null, "b a")]
    [InlineData(null, "Completed", null, null, "b")]
    [InlineData(null, null, "Other", null, "c")]
    [InlineData(null, null, null, 10, "c b")]
    [InlineData("prod", "Completed", "Other", 10, "")]
    public async Task Filters_select_together(string? target, string? status, string? jobName, int? sinceMinute, string expected)
    {
        var store = await _temp.OpenAsync();
        await CommitAsync(store, "prod", 0, Make.Step("a", Transition.NotListed, JobStatus.Running));
        await CommitAsync(store, "prod", 10, Make.Step("b", JobStatus.Running, JobStatus.Completed));
        var other = Make.Step("c", Transition.NotListed, JobStatus.Running);
        await CommitAsync(store, "test", 20, other with { Job = other.Job with { JobName = "Other" } });

        var read = await ReadAsync(new TransitionFilter
        {
            Target = target,
            Status = status,
            JobName = jobName,
            Since = sinceMinute is { } minute ? Make.Noon.AddMinutes(minute) : null,
        });

        Assert.Equal(expected, string.Join(' ', read.Select(JobId)));
    }

    [Fact]
    public async Task It_reads_what_is_committed_while_a_service_writes_and_holds_nobody_up()
    {
        var store = await _temp.OpenAsync();
        await store.AppearAsync("prod", Make.Noon, [.. Enumerable.Range(0, 501).Select(number => $"job-{number}")]);
        await using var pages = History.ReadAsync(new TransitionFilter(), CancellationToken.None).GetAsyncEnumerator();
        await pages.MoveNextAsync();

        // Between two pages nothing is read, so a checkpoint comes to its end.
        await store.AppearAsync("prod", Make.Noon.AddMinutes(1), "late");
        using var other = _temp.Connect();
        Assert.Equal(0, other.QueryFirst<int>("PRAGMA wal_checkpoint(TRUNCATE)"));

        Assert.True(await pages.MoveNextAsync());
        Assert.Equal("job-0", JobId(Assert.Single(pages.Current)));
        Assert.Equal("late", JobId((await ReadAsync(new TransitionFilter()))[0]));
    }

    [Fact]
    public async Task A_time_to_read_from_and_an_order_are_answered_by_an_index()
    {
        await using (await _temp.OpenAsync())
        {
        }

        using var connection = _temp.Connect();
        var plan = connection.Query<(long, long, long, string Detail)>(
            """
            EXPLAIN QUERY PLAN SELECT * FROM transitions
            WHERE observed >= 1 AND (observed, target, sequence) < (5, 'prod', 7)
            ORDER BY observed DESC, target DESC, sequence DESC LIMIT 500
            """);

        Assert.Contains("SEARCH transitions USING INDEX transitions_by_observed", Assert.Single(plan).Detail, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    private static string JobId(CommittedTransition committed) => committed.Transition.Job.JobId;

    private static async Task CommitAsync(IWatchStore store, string target, int minute, Transition step) =>
        await store.CommitAsync(new PollCommit
        {
            Target = await store.ReadTargetAsync(target),
            Transitions = [step with { ObservedTime = Make.Noon.AddMinutes(minute) }],
        });

    private async Task<List<CommittedTransition>> ReadAsync(TransitionFilter filter)
    {
        var read = new List<CommittedTransition>();
        await foreach (var page in History.ReadAsync(filter, CancellationToken.None))
        {
            read.AddRange(page);
        }

        return read;
    }
}
