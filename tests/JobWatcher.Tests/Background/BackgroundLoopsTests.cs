using JobWatcher.Background;
using JobWatcher.Tests.Reporting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Serilog.Events;

namespace JobWatcher.Tests.Background;

public sealed class BackgroundLoopsTests
{
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly CapturedLog _log = new();

    private bool EndsProcess => _lifetime.ApplicationStopping.IsCancellationRequested;

    [Fact]
    public async Task A_loop_that_dies_ends_the_process_with_a_failure_and_a_fatal_line_that_names_it()
    {
        var cause = new InvalidOperationException("Nobody thought of this.");
        using var loops = LoopsOf(new BackgroundLoop("the dying", _ => throw cause));

        loops.Start();

        await Eventually.Holds(() => EndsProcess);
        Assert.True(loops.HasFailed);
        var fatal = _log.Single("Fatal");
        Assert.Equal(LogEventLevel.Fatal, fatal.Level);
        Assert.Equal("the dying", fatal.Properties["Part"].ToString("l", formatProvider: null));
        Assert.Same(cause, fatal.Exception);
    }

    [Fact]
    public async Task A_loop_that_ends_unasked_has_died_too()
    {
        using var loops = LoopsOf(new BackgroundLoop("the deserter", _ => Task.CompletedTask));

        loops.Start();

        await Eventually.Holds(() => EndsProcess);
        Assert.True(loops.HasFailed);
        _log.Single("Fatal");
    }

    [Fact]
    public async Task Loops_that_die_together_are_told_once()
    {
        var dying = new BackgroundLoop("the dying", _ => throw new InvalidOperationException("Nobody thought of this."));
        using var loops = LoopsOf(dying, dying, dying);

        loops.Start();
        await loops.StopAsync(TestContext.Current.CancellationToken);

        _log.Single("Fatal");
    }

    [Fact]
    public async Task A_stop_tells_the_loops_waits_for_their_end_and_is_no_failure()
    {
        var last = new TaskCompletionSource();
        using var loops = LoopsOf(
            new BackgroundLoop("the obedient", stopping => Task.Delay(Timeout.Infinite, stopping)),
            new BackgroundLoop("the thorough", async stopping =>
            {
                await Task.Delay(Timeout.Infinite, stopping).ContinueWith(_ => { }, TaskScheduler.Default);
                await last.Task;
            }));
        loops.Start();

        var stop = loops.StopAsync(TestContext.Current.CancellationToken);
        var early = stop.IsCompleted;
        last.SetResult();
        await stop;

        Assert.False(early);
        Assert.False(loops.HasFailed);
        Assert.False(EndsProcess);
        Assert.Empty(_log.Names);
    }

    [Fact]
    public async Task A_loop_that_fails_while_it_stops_is_a_failure()
    {
        using var loops = LoopsOf(new BackgroundLoop("the sloppy", async stopping =>
        {
            await Task.Delay(Timeout.Infinite, stopping).ContinueWith(_ => { }, TaskScheduler.Default);
            throw new InvalidOperationException("Nobody thought of this.");
        }));
        loops.Start();

        await loops.StopAsync(TestContext.Current.CancellationToken);

        Assert.True(loops.HasFailed);
        _log.Single("Fatal");
    }

    [Fact]
    public async Task A_loop_that_blocks_holds_up_neither_the_start_nor_the_others()
    {
        using var release = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        using var loops = LoopsOf(
            new BackgroundLoop("the blocking", stopping =>
            {
                release.Wait(stopping);
                return Task.CompletedTask;
            }),
            new BackgroundLoop("the other", stopping =>
            {
                begun.SetResult();
                return Task.Delay(Timeout.Infinite, stopping);
            }));

        var start = Task.Run(loops.Start, TestContext.Current.CancellationToken);

        await Eventually.Holds(() => begun.Task.IsCompleted && start.IsCompleted);
        await loops.StopAsync(TestContext.Current.CancellationToken);
    }

    private BackgroundLoops LoopsOf(params BackgroundLoop[] loops) =>
        new(loops, _lifetime, _log.LoggerOf<BackgroundLoops>());
}
