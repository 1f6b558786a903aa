using System.Collections.Concurrent;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
using JobWatcher.Polling.Scheduling;
using JobWatcher.Polling.Targets;
using JobWatcher.Tests.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace JobWatcher.Tests.Polling.Scheduling;

/// <summary>Polls as the real scheduler starts them, over a clock that the tests move.</summary>
public sealed class PollJobTests : IAsyncLifetime
{
    private readonly WatchRig _rig = new();
    private readonly ConcurrentQueue<TimeSpan> _polls = new();
    private readonly TaskCompletionSource<Listing> _firstAnswer = new();
    private readonly ServiceProvider _services;
    private DateTimeOffset _start;
    private Task<Listing>? _poll;

    public PollJobTests()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_rig.Time)
            .AddPolling([], WatchRig.Budget)
            .AddQuartz(quartz => quartz.UseTimeProvider(_rig.Time))
            .BuildServiceProvider();
        _services.GetRequiredService<TargetWatches>().Replace([_rig.Watch]);
    }

    private PollSchedule Schedule => _services.GetRequiredService<PollSchedule>();

    public async ValueTask InitializeAsync()
    {
        _rig.Client.Answer = cancellationToken =>
        {
            _polls.Enqueue(_rig.Time.GetUtcNow() - _start);
            _poll = _polls.Count == 1
                ? _firstAnswer.Task.WaitAsync(cancellationToken)
                : Task.FromResult(Sight.Complete());
            return _poll;
        };
        _start = _rig.Time.GetUtcNow() + StartOffset.Of(_rig.Target.Name, _rig.Target.Interval);
        await Schedule.StartAsync([_rig.Target], WatchRig.Token);
        Assert.True(Schedule.IsRunning);
        _rig.Time.Advance(_start - _rig.Time.GetUtcNow());
        await Eventually.Holds(() => _polls.Count == 1);
    }

    [Fact]
    public async Task Polls_start_an_interval_apart()
    {
        _firstAnswer.SetResult(Sight.Complete());
        await NextAsync(polls: 2);
        await NextAsync(polls: 3);

        Assert.Equal([0, 30, 60], _polls.Select(time => time.TotalSeconds));
    }

    [Theory]
    [InlineData(31, 60, 90)]
    [InlineData(95, 120, 150)]
    public async Task Polls_that_fell_due_while_one_ran_are_left_out(int duration, int second, int third)
    {
        foreach (var _ in Enumerable.Range(0, duration))
        {
            _rig.Time.Advance(TimeSpan.FromSeconds(1));
        }

        _firstAnswer.SetResult(Sight.Complete());
        await IsDueAsync(second);
        _rig.Time.Advance(TimeSpan.FromSeconds(second - duration));
        await Eventually.Holds(() => _polls.Count >= 2);
        await NextAsync(polls: 3);

        Assert.Equal([0, second, third], _polls.Select(time => time.TotalSeconds));
    }

    [Fact]
    public async Task A_turn_that_falls_due_while_another_watch_is_put_in_place_is_that_ones()
    {
        _firstAnswer.SetResult(Sight.Complete());
        var before = _rig.Watch;
        await Eventually.Holds(() => before.LastPollEnded is not null);
        await before.Retirement.RetireAsync();
        _rig.Time.Advance(_rig.Target.Interval);
        await IsDueAsync(60);
        var scheduler = await _services.GetRequiredService<ISchedulerFactory>().GetScheduler(WatchRig.Token);
        await Eventually.Holds(async () => (await scheduler.GetMetadata(WatchRig.Token)).LocalExecutingJobs == 1);

        _rig.Restart();
        _rig.Watch.GoOnFrom(before);
        _services.GetRequiredService<TargetWatches>().Replace([_rig.Watch]);
        before.Retirement.Succeed();

        await Eventually.Holds(() => _rig.Watch.State.Polls.Values.Sum() == 2);
        Assert.Equal([0, 30], _polls.Select(time => time.TotalSeconds));
        Assert.Equal(1, before.State.Polls.Values.Sum());
    }

    [Fact]
    public async Task Stopping_cancels_a_running_poll_and_waits_for_its_end()
    {
        await Schedule.StopAsync(WatchRig.Token);

        Assert.False(Schedule.IsRunning);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _poll!);
        Assert.Null(_rig.Watch.LastPollEnded);
    }

    public async ValueTask DisposeAsync()
    {
        await Schedule.StopAsync(WatchRig.Token);
        await _services.DisposeAsync();
        _rig.Dispose();
    }

    private async Task NextAsync(int polls)
    {
        _rig.Time.Advance(_rig.Target.Interval);
        await Eventually.Holds(() => _polls.Count >= polls);
    }

    /// <summary>Waits until the scheduler has done with everything that was due before.</summary>
    private async Task IsDueAsync(int seconds)
    {
        var scheduler = await _services.GetRequiredService<ISchedulerFactory>().GetScheduler(WatchRig.Token);
        var next = DateTimeOffset.MinValue;
        await Eventually.Holds(() =>
        {
            _ = ReadAsync();
            return next == _start.AddSeconds(seconds);
        });

        async Task ReadAsync() =>
            next = (await scheduler.GetTrigger(new TriggerKey(_rig.Target.Name), WatchRig.Token))?.NextFireTimeUtc ?? next;
    }
}
