using System.Collections.Concurrent;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Reporting;
using JobWatcher.Storage;
using JobWatcher.Tests.Polling;
using Microsoft.Extensions.Time.Testing;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Reporting;

/// <summary>Rule R1 of the protocol.</summary>
public sealed class TransitionReporterTests : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _journal = [];
    private readonly FakeTimeProvider _time = new(Noon);
    private readonly CapturedLog _written = new();
    private readonly CapturedLog _ordinary = new();
    private readonly MemoryStore _store;
    private readonly TransitionReporter _reporter;

    public TransitionReporterTests()
    {
        _store = new MemoryStore(_journal);
        _reporter = NewReporter();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IReadOnlyList<string> Written => [.. _written.Events.Select(logEvent =>
        (string)logEvent.Field("JobId")!)];

    [Fact]
    public async Task Committed_transitions_are_written_in_order()
    {
        await CommitAsync("prod", 250);

        await _reporter.DrainAsync(Token);

        Assert.Equal(Enumerable.Range(1, 250).Select(number => $"prod-{number}"), Written);
    }

    [Fact]
    public async Task Every_target_is_drained()
    {
        await CommitAsync("prod", 2);
        await CommitAsync("test", 1);

        await _reporter.DrainAsync(Token);

        Assert.Equal(["prod-1", "prod-2", "test-1"], Written);
    }

    [Fact]
    public async Task What_is_reported_is_not_reported_again()
    {
        await CommitAsync("prod", 2);
        await _reporter.DrainAsync(Token);
        await CommitAsync("prod", 1);

        await NewReporter().DrainAsync(Token);

        Assert.Equal(["prod-1", "prod-2", "prod-3"], Written);
    }

    [Fact]
    public async Task The_cursor_moves_after_each_batch_was_written()
    {
        await CommitAsync("prod", 250);
        _journal.Clear();

        await _reporter.DrainAsync(Token);

        Assert.Equal(
            ["MoveCursor prod 100", "MoveCursor prod 200", "MoveCursor prod 250"],
            _journal.Where(call => call.StartsWith("MoveCursor", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_stop_amid_a_batch_lets_none_of_it_be_told_again()
    {
        await CommitAsync("prod", 3);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _written.Taken = stopping.Cancel;

        await _reporter.DrainAsync(stopping.Token);
        await NewReporter().DrainAsync(Token);

        Assert.Equal(["prod-1", "prod-2", "prod-3"], Written);
    }

    [Fact]
    public async Task The_cursor_stays_while_writes_fail()
    {
        await CommitAsync("prod", 2);
        _written.IsFull = true;

        await Assert.ThrowsAsync<AggregateException>(() => _reporter.DrainAsync(Token));

        Assert.Equal(0, _store.Cursor("log", "prod"));
        Assert.Equal(2, _reporter.Unreported("prod"));
    }

    [Fact]
    public async Task A_transition_written_before_the_cursor_could_move_is_written_again()
    {
        await CommitAsync("prod", 1);
        _store.BreaksAt = "MoveCursor";
        await Assert.ThrowsAsync<StoreException>(() => _reporter.DrainAsync(Token));
        _store.BreaksAt = null;

        await NewReporter().DrainAsync(Token);

        Assert.Equal(["prod-1", "prod-1"], Written);
        Assert.Single(_written.Events.Select(logEvent => logEvent.Properties["TransitionId"]).Distinct());
    }

    [Fact]
    public async Task What_is_written_while_the_cursor_cannot_move_is_not_written_again_by_the_same_process()
    {
        await CommitAsync("prod", 2);
        _store.BreaksAt = "MoveCursor";
        await Assert.ThrowsAsync<StoreException>(() => _reporter.DrainAsync(Token));
        await Assert.ThrowsAsync<StoreException>(() => _reporter.DrainAsync(Token));
        await CommitAsync("prod", 1);
        _store.BreaksAt = null;

        await _reporter.DrainAsync(Token);

        Assert.Equal(["prod-1", "prod-2", "prod-3"], Written);
        Assert.Equal((3, 0), (_store.Cursor("log", "prod"), _reporter.Unreported("prod")));
    }

    [Fact]
    public async Task Unreported_transitions_are_counted()
    {
        var committed = await CommitAsync("prod", 3);
        _reporter.Committed("prod", committed);
        var before = _reporter.Unreported("prod");

        await _reporter.DrainAsync(Token);

        Assert.Equal((3, 0), (before, _reporter.Unreported("prod")));
    }

    [Fact]
    public async Task What_the_last_process_left_is_reported_first_and_news_as_they_come()
    {
        await CommitAsync("prod", 1);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = _reporter.RunAsync(stopping.Token);
        await Eventually.Holds(() => Written.Count == 1);

        _reporter.Committed("prod", await CommitAsync("prod", 1));

        await Eventually.Holds(() => Written.Count == 2);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_fault_is_told_once_and_reporting_goes_on_after_it(bool isOfTheStore)
    {
        await CommitAsync("prod", 1);
        Break(isOfTheStore, isBroken: true);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = _reporter.RunAsync(stopping.Token);
        await RetryAsync();
        await RetryAsync();

        Break(isOfTheStore, isBroken: false);
        await Eventually.Holds(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Written.Count == 1;
        });

        Assert.Equal(["TransitionsUnreported"], _ordinary.Names);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private TransitionReporter NewReporter() => new(
        _store, new TransitionLogger(_written.Audit(), _time), _time, _ordinary.LoggerOf<TransitionReporter>());

    private void Break(bool isOfTheStore, bool isBroken)
    {
        _store.IsDown = isOfTheStore && isBroken;
        _written.IsFull = !isOfTheStore && isBroken;
    }

    private async Task RetryAsync()
    {
        var attempts = Attempts();
        await Eventually.Holds(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Attempts() > attempts;
        });

        int Attempts() => _journal.Count(call => call == "ReadCursors");
    }

    private async Task<IReadOnlyList<CommittedTransition>> CommitAsync(string target, int steps)
    {
        var record = await _store.ReadTargetAsync(target, "project", "region", Token);
        var before = _store.Log.Count(step => step.Target == target);
        var result = await _store.CommitAsync(
            new PollCommit
            {
                Target = record,
                Transitions =
                [
                    .. Enumerable.Range(before + 1, steps).Select(number => Steps.Of(JobStatus.Pending, JobStatus.Running)
                        .Transition with { Job = Running($"{target}-{number}") }),
                ],
            },
            Token);
        return result.Transitions;
    }
}
