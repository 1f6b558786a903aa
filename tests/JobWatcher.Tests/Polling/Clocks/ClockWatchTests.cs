using System.Collections.Concurrent;
using JobWatcher.Polling;
using JobWatcher.Polling.Clocks;
using JobWatcher.Polling.Scheduling;
using JobWatcher.Polling.Targets;
using JobWatcher.Tests.Reporting;
using JobWatcher.Tests.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace JobWatcher.Tests.Polling.Clocks;

/// <summary>Rule R5 of the protocol: polls as the real scheduler starts them, over a clock that is set.</summary>
public sealed class ClockWatchTests : IAsyncLifetime
{
    private readonly WatchRig _rig = new();
    private readonly CapturedLog _log = new();
    private readonly ConcurrentQueue<TimeSpan> _polls = new();
    private readonly ServiceProvider _services;
    private long _start;

    public ClockWatchTests()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_rig.Time)
            .AddPolling([], WatchRig.Budget)
            .AddQuartz(quartz => quartz.UseTimeProvider(_rig.Time))
            .AddSingleton<ILogger<ClockWatch>>(_log.LoggerOf<ClockWatch>())
            .BuildServiceProvider();
        _services.GetRequiredService<TargetWatches>().Replace([_rig.Watch]);
    }

    private ClockWatch ClockWatch => _services.GetRequiredService<ClockWatch>();

    public async ValueTask InitializeAsync()
    {
        _rig.Client.Answer = _ =>
        {
            _polls.Enqueue(_rig.Time.GetElapsedTime(_start));
            return Task.FromResult(Sight.Complete());
        };
        await ClockWatch.LookAsync(WatchRig.Token);
        await _services.GetRequiredService<PollSchedule>().StartAsync([_rig.Target], WatchRig.Token);
        _rig.Time.Advance(StartOffset.Of(_rig.Target.Name, _rig.Target.Interval));
        _start = _rig.Time.GetTimestamp();
        await PolledAsync(times: 1);
    }

    [Theory]
    [InlineData(3600, "1h", "ahead")]
    [InlineData(-3600, "1h", "back")]
    [InlineData(31, "31s", "ahead")]
    [InlineData(-31, "31s", "back")]
    public async Task Polls_go_on_at_their_interval_when_the_clock_is_set(int seconds, string jump, string direction)
    {
        Advance(10);
        _rig.Time.Set(TimeSpan.FromSeconds(seconds));
        await ClockWatch.LookAsync(WatchRig.Token);
        Advance(20);
        await PolledAsync(times: 2);
        Advance(30);
        await PolledAsync(times: 3);

        Assert.Equal([0, 30, 60], _polls.Select(time => time.TotalSeconds));
        var told = _log.Single("ClockJumped");
        Assert.Equal(jump, told.Properties["Jump"].ToString("l", formatProvider: null));
        Assert.Equal(direction, told.Properties["Direction"].ToString("l", formatProvider: null));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    [InlineData(0)]
    public async Task What_is_no_more_than_an_interval_is_let_be(int seconds)
    {
        _rig.Time.Set(TimeSpan.FromSeconds(seconds));
        Advance(1);

        await ClockWatch.LookAsync(WatchRig.Token);

        Assert.Empty(_log.Names);
    }

    [Fact]
    public async Task A_clock_that_was_set_is_told_once_and_setting_it_back_again()
    {
        _rig.Time.Set(TimeSpan.FromHours(1));
        await ClockWatch.LookAsync(WatchRig.Token);
        await ClockWatch.LookAsync(WatchRig.Token);
        var ahead = _log.Names.ToList();
        _rig.Time.Set(TimeSpan.FromHours(-1));
        await ClockWatch.LookAsync(WatchRig.Token);

        Assert.Equal(["ClockJumped"], ahead);
        Assert.Equal(["ClockJumped", "ClockJumped"], _log.Names);
    }

    [Fact]
    public async Task It_looks_every_second_until_it_is_told_to_stop()
    {
        using var stopping = new CancellationTokenSource();
        var watch = ClockWatch.RunAsync(stopping.Token);
        _rig.Time.Set(TimeSpan.FromHours(1));

        _rig.Time.Advance(TimeSpan.FromSeconds(1));

        await Eventually.Holds(() => _log.Names.Count == 1);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.GetRequiredService<PollSchedule>().StopAsync(WatchRig.Token);
        await _services.DisposeAsync();
        _rig.Dispose();
    }

    private void Advance(int seconds) => _rig.Time.Advance(TimeSpan.FromSeconds(seconds));

    private async Task PolledAsync(int times)
    {
        await Eventually.Holds(() => _polls.Count >= times);
        await Eventually.Holds(() => _rig.Watch.State.Polls.Values.Sum() >= times);
    }
}
