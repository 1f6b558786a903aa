using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Commands;

/// <summary><c>run --once</c>, as cron calls it again and again over the same store.</summary>
public sealed class RunOnceTests : IDisposable
{
    private const int Port = 9464;
    private const string Other = "619d3e78f61b4be68bc5aa0b59ed0002";

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Each_run_reports_what_happened_since_the_last()
    {
        await using var cloud = await Cloud.StartAsync();
        var job = new CloudJob();
        await cloud.PutAsync(job);
        _folder.Write("jobwatcher.yaml", cloud.Watched("prod").ToYaml(Port));

        var first = await RunAsync();
        await cloud.PutAsync(job.Running());
        var second = await RunAsync();
        var third = await RunAsync();

        Assert.Equal((0, 0, 0), (first.ExitCode, second.ExitCode, third.ExitCode));
        Assert.Equal(["TargetBaselined"], NamesIn(first));
        Assert.Equal(["JobStatusChanged"], NamesIn(second));
        Assert.Empty(NamesIn(third));
        Assert.Empty(first.Faults.Concat(second.Faults).Concat(third.Faults));
    }

    [Fact]
    public async Task A_target_that_cannot_be_polled_is_told_and_the_others_are_polled()
    {
        await using var cloud = await Cloud.StartAsync();
        var settings = cloud.Watched("prod");
        var dead = new TargetSettings("dead", Cloud.Project, new Uri($"http://127.0.0.1:{FreePort.Next()}"));
        _folder.Write("jobwatcher.yaml", (settings with { Targets = [.. settings.Targets, dead] }).ToYaml(Port));

        var run = await RunAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("dead: ", Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.Contains("TargetBaselined", NamesIn(run));
    }

    [Fact]
    public async Task A_store_in_use_is_left_alone()
    {
        await using var cloud = await Cloud.StartAsync();
        await using var watcher = await Watcher.StartAsync(cloud.Watched("prod"));
        _folder.Write("jobwatcher.yaml", (cloud.Watched("prod") with { StorePath = watcher.StorePath }).ToYaml(Port));

        var run = await RunAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("store.path: ", Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_faulty_configuration_starts_nothing()
    {
        _folder.Write("jobwatcher.yaml", "targets: 1\n");

        var run = await RunAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Faults);
    }

    [Fact]
    public async Task A_stop_ends_it_in_time_and_keeps_what_was_committed()
    {
        await using var cloud = await Cloud.StartAsync("--project", Cloud.Project, "--project", Other);
        var settings = cloud.Watched("prod");
        await cloud.FailAsync(new CloudFault { NeverAnswers = true }.For(Other));
        _folder.Write("jobwatcher.yaml", (settings with
        {
            Targets = [.. settings.Targets, new TargetSettings("hanging", Other, cloud.Endpoint)],
        }).ToYaml(Port));

        await using var program = RunningProgram.Start("JobWatcher", ["run", "--once"], _folder.FullName);
        await program.Output.WaitForAsync(line => LogEvent.Read(line).Name == "TargetBaselined", "TargetBaselined", Eventually.Deadline);
        await Eventually.SeesAsync(async () => Assert.Equal(1, await cloud.UnansweredAsync()));

        Assert.Equal(1, await program.StopAsync(TimeSpan.FromSeconds(5)));
        Assert.StartsWith("hanging: ", Assert.Single(program.Error.All), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<RefusedStart> RunAsync() => RefusedStart.InAsync(_folder, environment: null, "run", "--once");

    private static IEnumerable<string> NamesIn(RefusedStart run) =>
        LogEvent.ReadAll(run.Output).Select(logged => logged.Name).Where(name => name.Length > 0);
}
