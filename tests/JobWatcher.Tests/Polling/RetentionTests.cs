using System.Globalization;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
using JobWatcher.Polling.Targets;
using JobWatcher.Tests.Snapshots;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling;

/// <summary>Rules C5 and D2 of the protocol: when what is old goes from the store.</summary>
public sealed class RetentionTests : IAsyncDisposable
{
    private static readonly RetentionOptions Options = new();
    private static readonly ImmediateJob Ended = Job("a", JobStatus.Completed, BeforeNoon, BeforeNoon);

    private readonly WatchRig _rig = new();
    private readonly TargetWatches _watches = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Retention _retention;
    private Task _running = Task.CompletedTask;

    public RetentionTests()
    {
        _watches.Replace([_rig.Watch]);
        _retention = new Retention(_rig.Store, _watches, Options, _rig.Time, _rig.Log.LoggerOf<Retention>());
    }

    [Fact]
    public async Task The_store_is_looked_through_soon_after_the_start_and_then_once_a_day()
    {
        await _rig.BaselineAsync();
        await StartAsync();
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        var atStart = Passes();

        await AdvanceAsync(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        var beforeTheDay = Passes();
        await AdvanceAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal((1, 1, 2), (atStart, beforeTheDay, Passes()));
    }

    [Theory]
    [InlineData(60, 1000)]
    [InlineData(1000, 60)]
    public async Task What_is_old_by_one_clock_alone_stays(int cloudDays, int ownDays)
    {
        var started = _rig.Time.GetUtcNow();
        await _rig.BaselineAsync();
        _rig.Restart();
        _watches.Replace([_rig.Watch]);
        _rig.Time.Set(TimeSpan.FromDays(ownDays));
        for (var minutes = 0; minutes <= 60; minutes += 10)
        {
            _rig.Client.Lists(Complete() with { CloudTime = started.AddDays(cloudDays).AddMinutes(minutes) });
            await _rig.PollAsync();
            _rig.Time.Advance(TimeSpan.FromMinutes(10));
        }

        await _retention.PassAsync(WatchRig.Token);

        var earlier = started.AddDays(60).AddMinutes(70);
        Assert.Contains($"PruneLog prod {earlier - Options.History:O} 0", _rig.Journal);
        Assert.Contains($"ForgetJobs prod {earlier.AddDays(-60):O}", _rig.Journal);
    }

    [Fact]
    public async Task Nothing_goes_before_a_cloud_has_told_the_time()
    {
        _rig.Client.Fails();
        await _rig.PollAsync();
        await StartAsync();
        await AdvanceAsync(TimeSpan.FromMinutes(3));
        var untold = Passes();

        await _rig.PollNextAsync();
        await AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((0, 1), (untold, Passes()));
    }

    [Fact]
    public async Task Every_stretch_of_a_log_is_pruned()
    {
        await _rig.BaselineAsync();
        await _rig.PollNextAsync(Job("b", JobStatus.Running, Noon.AddMinutes(1)));
        await _rig.PollNextAsync(Job("b", JobStatus.Completed, Noon.AddMinutes(1), Noon.AddMinutes(2)));

        await _retention.PassAsync(WatchRig.Token);

        Assert.Equal(["0", "1", "2"], Calls("PruneLog").Select(call => call.Split(' ')[^1]));
    }

    [Fact]
    public async Task A_target_that_is_watched_no_more_keeps_its_jobs_until_it_goes_whole()
    {
        await _rig.Store.ReadTargetAsync("former", "project", "region", WatchRig.Token);
        await _rig.BaselineAsync();

        await _retention.PassAsync(WatchRig.Token);

        var oldest = (_rig.Time.GetUtcNow() - Options.History).ToString("O", CultureInfo.InvariantCulture);
        Assert.Equal(
            [$"BeginRetirement former {oldest}", $"PruneLog former {oldest} 0", $"EndRetirement former {oldest}"],
            _rig.Journal.Where(call => call.Contains(" former ", StringComparison.Ordinal)));
        Assert.Equal("TargetForgotten", _rig.Log.Names[^1]);
        Assert.DoesNotContain(_rig.Journal, call => call.StartsWith("BeginRetirement prod", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_of_the_store_is_told_once_and_tried_again_soon()
    {
        await _rig.BaselineAsync();
        await StartAsync();
        _rig.Store.BreaksAt = "PruneLog";
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        _rig.Store.BreaksAt = null;
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await AdvanceAsync(TimeSpan.FromHours(1));
        var passes = Passes();

        _rig.Store.BreaksAt = "PruneLog";
        await AdvanceAsync(TimeSpan.FromHours(23));

        Assert.Equal(3, passes);
        Assert.Equal(2, _rig.Log.Names.Count(name => name == "HistoryKept"));
    }

    [Theory]
    [InlineData(59)]
    [InlineData(61)]
    public async Task A_job_that_aged_out_is_not_new_when_it_returns_whatever_the_days(int days)
    {
        await _rig.BaselineAsync(Ended);
        _rig.Time.Advance(_rig.Target.FullListingEvery);
        await _rig.PollNextAsync();
        _rig.Time.Advance(_rig.Target.FullListingEvery);
        await _rig.PollNextAsync();
        _rig.Time.Advance(TimeSpan.FromDays(days));
        await _retention.PassAsync(WatchRig.Token);

        await _rig.PollNextAsync(Ended with { Status = JobStatus.Failed });

        // Known for 60 days its step is a change; after that rule D1 still takes it in silently.
        Assert.Equal(
            days < 60 ? ["a: Completed -> Failed"] : Array.Empty<string>(),
            _rig.Store.Log.Select(step => step.Transition.Tell()));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _rig.Dispose();
    }

    // Without a synchronization context all that a moment of the clock sets off ends before the clock stands again.
    private Task StartAsync() => Task.Run(() => { _running = _retention.RunAsync(_stopping.Token); });

    private Task AdvanceAsync(TimeSpan time) => Task.Run(() => _rig.Time.Advance(time));

    private int Passes() => Calls("ReadTargetNames").Count;

    private List<string> Calls(string name) =>
        [.. _rig.Journal.Where(call => call.StartsWith(name, StringComparison.Ordinal))];
}
