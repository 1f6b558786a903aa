using System.Collections.Concurrent;
using JobWatcher.Alerting.Receivers;
using JobWatcher.Configuration;
using JobWatcher.Planning;
using JobWatcher.Reloading;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Tests.Configuration;
using JobWatcher.Tests.Polling;
using JobWatcher.Tests.Polling.Fleet;

namespace JobWatcher.Tests.Reloading;

/// <summary>When a changed configuration is taken: real files, and a clock that the tests move.</summary>
public sealed class ConfigurationWatchTests : IAsyncDisposable
{
    private const string Valid = ConfigurationFolder.Valid;
    private const string WithFiles =
        ConfigurationFolder.Target + "targetFiles: [d/*.yaml]\ncredentials: { default: { tokenFile: token } }\n";

    private readonly ConfigurationFolder _folder = new();
    private readonly WatchRig _rig = new();
    private readonly SteppedTime _time = new(wait => wait == ConfigurationWatch.LookEvery || wait == ConfigurationWatch.SettleFor);
    private readonly ConcurrentQueue<PlanReading> _taken = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ProcessSamples _process;
    private Func<ConfigurationLoader, PlanReading> _read = loader => PlanReader.Read(loader, path: null);
    private Task _running = Task.CompletedTask;
    private int _reads;

    public ConfigurationWatchTests() => _process = new ProcessSamples(_rig.Health, _rig.Shares, new NotificationSamples(new PendingNotifications(), new NotificationCounts()), _rig.Time);

    [Fact]
    public async Task Nothing_is_read_while_nothing_changes()
    {
        Start(Valid);

        await LooksAsync(3);

        Assert.Equal(1, _reads);
        Assert.Empty(_taken);
    }

    [Fact]
    public async Task A_change_is_taken_once()
    {
        Start(Valid);
        _folder.Write("jobwatcher.yaml", Renamed("live"));

        await TakesAsync(1);
        await LooksAsync(3);

        Assert.Equal(["live"], NamesOf(Assert.Single(_taken)));
    }

    [Fact]
    public async Task A_file_is_taken_only_when_a_second_look_finds_it_as_the_first_did()
    {
        Start(Valid);
        _folder.Write("jobwatcher.yaml", "targets:\n");
        await _time.StepAsync();
        _folder.Write("jobwatcher.yaml", "targets:\n  - name: live\n");
        await _time.StepAsync();
        _folder.Write("jobwatcher.yaml", Renamed("live"));

        await TakesAsync(1);

        Assert.Equal(["live"], NamesOf(Assert.Single(_taken)));
    }

    [Fact]
    public async Task A_file_that_is_deleted_and_made_again_is_never_missed()
    {
        Start(Valid);
        File.Delete(Path.Combine(_folder.Path, "jobwatcher.yaml"));
        await _time.StepAsync();
        _folder.Write("jobwatcher.yaml", Valid);

        await LooksAsync(3);

        Assert.Empty(_taken);
    }

    [Fact]
    public async Task A_file_that_stays_away_is_a_fault()
    {
        Start(Valid);
        File.Delete(Path.Combine(_folder.Path, "jobwatcher.yaml"));

        await TakesAsync(1);

        Assert.Contains("does not exist", Assert.Single(Assert.Single(_taken).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_never_rests_is_taken_at_last()
    {
        Start(Valid);

        for (var look = 0; look < ConfigurationWatch.MostUnsettledLooks; look++)
        {
            Assert.Empty(_taken);
            _folder.Write("jobwatcher.yaml", Renamed($"live-{look}"));
            await _time.StepAsync();
        }

        Assert.Single(_taken);
    }

    [Fact]
    public async Task A_file_replaced_by_renaming_another_is_seen()
    {
        Start(Valid);
        File.Move(_folder.Write("new.yaml", Renamed("live")), Path.Combine(_folder.Path, "jobwatcher.yaml"), overwrite: true);

        await TakesAsync(1);

        Assert.Equal(["live"], NamesOf(_taken.Single()));
    }

    [Fact]
    public async Task A_change_that_keeps_size_and_time_of_the_file_is_seen()
    {
        Start(Valid);
        var path = Path.Combine(_folder.Path, "jobwatcher.yaml");
        var written = File.GetLastWriteTimeUtc(path);
        _folder.Write("jobwatcher.yaml", Renamed("live"));
        File.SetLastWriteTimeUtc(path, written);

        await TakesAsync(1);

        Assert.Equal(["live"], NamesOf(_taken.Single()));
    }

    [Theory]
    [InlineData("token", "renewed", "prod")]
    [InlineData("d/b.yaml", "[{ name: b, region: cn-north-4, projectId: 719d3e78f61b4be68bc5aa0b59edcf7b }]", "prod", "a", "b")]
    public async Task A_change_of_a_file_that_the_configuration_names_is_seen(string file, string content, params string[] names)
    {
        _folder.Write("token", "first");
        _folder.Write("d/a.yaml", "[{ name: a, region: cn-north-4, projectId: 719d3e78f61b4be68bc5aa0b59edcf7b }]");
        Start(WithFiles);
        _folder.Write(file, content);

        await TakesAsync(1);

        Assert.Equal(names.Contains("a") ? names : ["prod", "a"], NamesOf(_taken.Single()));
    }

    [Fact]
    public async Task A_list_of_targets_that_vanishes_is_seen()
    {
        _folder.Write("token", "first");
        _folder.Write("d/a.yaml", "[{ name: a, region: cn-north-4, projectId: 719d3e78f61b4be68bc5aa0b59edcf7b }]");
        Start(WithFiles);
        File.Delete(Path.Combine(_folder.Path, "d", "a.yaml"));

        await TakesAsync(1);

        Assert.Equal(["prod"], NamesOf(_taken.Single()));
    }

    [Fact]
    public async Task A_volume_whose_link_is_swapped_is_seen()
    {
        using var volume = new SecretVolume(("jobwatcher.yaml", Valid));
        _read = loader => PlanReader.Read(loader, volume.PathOf("jobwatcher.yaml"));
        Start(Valid);
        volume.Swap(("jobwatcher.yaml", Renamed("live")));

        await TakesAsync(1);

        Assert.Equal(["live"], NamesOf(_taken.Single()));
    }

    [Fact]
    public async Task A_faulty_file_is_taken_once_for_each_content()
    {
        Start(Valid);
        _folder.Write("jobwatcher.yaml", Valid + "nonsense: 1\n");
        await TakesAsync(1);
        await LooksAsync(3);
        _folder.Write("jobwatcher.yaml", Valid + "nonsense: 2\n");
        await TakesAsync(2);
        await LooksAsync(3);

        Assert.Equal(2, _taken.Count);
        Assert.All(_taken, reading => Assert.Single(reading.Faults));
    }

    [Fact]
    public async Task A_file_system_that_does_not_answer_is_told_once_and_read_anew_when_it_does()
    {
        using var answers = new ManualResetEventSlim();
        Start(Valid);
        _read = loader =>
        {
            answers.Wait(WatchRig.Token);
            return PlanReader.Read(loader, path: null);
        };
        _folder.Write("jobwatcher.yaml", Renamed("live"));
        await _time.StepBeginsAsync();
        await Eventually.Holds(() => _reads == 2);

        _time.Advance(ConfigurationWatch.LongestLook);
        await LooksAsync(3);
        Assert.Equal(2, _reads);
        Assert.Equal(0, IsGood());
        answers.Set();
        // The late answer comes in its own time.
        await TakesAsync(1, mostLooks: 10_000);

        _rig.Log.Single("ConfigurationRejected");
        Assert.Equal(["live"], NamesOf(_taken.Single()));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(_running.IsCanceled);
        _stopping.Dispose();
        _rig.Dispose();
        _folder.Dispose();
    }

    private static string Renamed(string name) => Valid.Replace("prod", name, StringComparison.Ordinal);

    private static IEnumerable<string> NamesOf(PlanReading reading)
    {
        Assert.Empty(reading.Faults);
        return reading.Plan!.Targets.Select(planned => planned.Target.Name);
    }

    private double IsGood() => _process.Now(1).Single(sample => sample.Family == MetricFamilies.ConfigLastReloadSuccessful).Value;

    private void Start(string yaml)
    {
        _folder.Write("jobwatcher.yaml", yaml);
        var watch = new ConfigurationWatch(
            new PlanSource(Read, Read().Sources),
            (reading, _) =>
            {
                _taken.Enqueue(reading);
                return Task.CompletedTask;
            },
            new ReloadReports(_process, _rig.Log.LoggerOf<ReloadReports>()),
            _time);
        _running = watch.RunAsync(_stopping.Token);
    }

    private async Task LooksAsync(int looks)
    {
        for (var look = 0; look < looks; look++)
        {
            await _time.StepAsync();
        }
    }

    private async Task TakesAsync(int times, int mostLooks = 5)
    {
        for (var look = 0; look < mostLooks && _taken.Count < times; look++)
        {
            await _time.StepAsync();
        }

        Assert.Equal(times, _taken.Count);
    }

    private PlanReading Read()
    {
        Interlocked.Increment(ref _reads);
        return _read(new ConfigurationLoader(_folder.Environment, _folder.Path));
    }
}
