using JobWatcher.Storage;

namespace JobWatcher.Tests.Storage.Sqlite;

public sealed class TransactionTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();

    [Fact]
    public async Task A_commit_that_has_begun_ends_though_its_token_is_cancelled()
    {
        var store = await _temp.OpenAsync();
        using var source = new CancellationTokenSource();
        var commit = new PollCommit
        {
            Target = await store.ReadTargetAsync(),
            Jobs = new HookedJobs(source.Cancel),
        };

        var result = await store.CommitAsync(commit, source.Token);

        Assert.True(source.IsCancellationRequested);
        Assert.Equal(result.Target, await store.ReadTargetAsync());
        Assert.Single(await store.ReadJobsAsync());
    }

    [Fact]
    public async Task A_commit_whose_token_is_cancelled_before_writes_nothing()
    {
        var store = await _temp.OpenAsync();
        var target = await store.ReadTargetAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.CommitAsync(new PollCommit { Target = target }, new CancellationToken(canceled: true)));

        Assert.Equal(target, await store.ReadTargetAsync());
    }

    [Fact]
    public async Task Waiting_for_the_writer_can_be_cancelled_and_holds_up_no_reader()
    {
        var store = await _temp.OpenAsync();
        var target = await store.ReadTargetAsync();
        using var held = new Held();
        var first = Task.Run(() => store.CommitAsync(new PollCommit { Target = target, Jobs = held.Jobs }));
        await held.Reached;
        using var source = new CancellationTokenSource();

        var second = store.CommitAsync(new PollCommit { Target = target }, source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(target, await store.ReadTargetAsync());
        held.Release();
        Assert.NotNull((await first).Target);
    }

    [Fact]
    public async Task Dispose_lets_a_running_commit_end_before_it_gives_up_the_lock()
    {
        var store = await _temp.OpenAsync();
        var target = await store.ReadTargetAsync();
        using var held = new Held();
        var commit = Task.Run(() => store.CommitAsync(new PollCommit { Target = target, Jobs = held.Jobs }));
        await held.Reached;

        var disposal = store.DisposeAsync().AsTask();

        Assert.False(disposal.IsCompleted);
        var fault = await Assert.ThrowsAsync<StoreException>(() => _temp.OpenAsync());
        Assert.Contains("is in use", fault.Message, StringComparison.Ordinal);
        held.Release();
        await disposal;
        var next = await _temp.OpenAsync();
        Assert.Equal((await commit).Target, await next.ReadTargetAsync());
    }

    [Fact]
    public async Task Dispose_folds_the_journal_into_the_file_and_refuses_later_use()
    {
        var store = await _temp.OpenAsync();
        await store.ReadTargetAsync();
        Assert.True(File.Exists(_temp.Path + "-wal"));

        await store.DisposeAsync();
        await store.DisposeAsync();

        Assert.False(File.Exists(_temp.Path + "-wal"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.CheckAsync(CancellationToken.None));
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    /// <summary>Holds a commit in the middle of its transaction.</summary>
    private sealed class Held : IDisposable
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _release = new();

        public Task Reached => _reached.Task;

        public HookedJobs Jobs => new(() =>
        {
            _reached.SetResult();
            _release.Wait(TimeSpan.FromSeconds(30));
        });

        public void Release() => _release.Set();

        public void Dispose() => _release.Dispose();
    }
}
