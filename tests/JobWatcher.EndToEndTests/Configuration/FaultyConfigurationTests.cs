using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Configuration;

/// <summary>A faulty configuration is told fault by fault on standard error, and nothing is started.</summary>
public sealed class FaultyConfigurationTests : IDisposable
{
    private const string ProjectId = "619d3e78f61b4be68bc5aa0b59edcf7b";
    private const string OtherTarget = $"  - name: prod\n    region: cn-north-4\n    projectId: {ProjectId}";

    private readonly TempFolder _folder = new();
    private readonly int _port = FreePort.Next();

    [Fact]
    public async Task An_unknown_key_is_told_with_the_key_that_was_meant()
    {
        await RefusesAsync(
            Yaml(target: "interval: 30s", polling: "intervall: 30s"),
            ["jobwatcher.yaml:9:12: polling.intervall: ", "did you mean interval?"]);
    }

    [Fact]
    public async Task A_missing_key_is_told_with_what_to_give()
    {
        await RefusesAsync(
            Yaml().Replace("    region: cn-north-4\n", "", StringComparison.Ordinal),
            ["jobwatcher.yaml:2:5: targets[0].region: ", "missing", "cn-north-4"]);
    }

    [Fact]
    public async Task Text_that_is_no_YAML_is_told_with_its_place()
    {
        await RefusesAsync(
            Yaml().Replace("polling: { ", "polling: { [", StringComparison.Ordinal),
            ["jobwatcher.yaml:9:", "YAML"]);
    }

    [Fact]
    public async Task A_bad_duration_is_told_with_how_to_write_one()
    {
        await RefusesAsync(
            Yaml(target: "interval: 30 seconds"),
            ["jobwatcher.yaml:5:15: targets[0].interval: ", "\"30 seconds\"", "30s"]);
    }

    [Fact]
    public async Task A_target_name_given_twice_is_told_with_the_place_of_the_first()
    {
        await RefusesAsync(
            Yaml(target: $"interval: 1s\n{OtherTarget}"),
            ["jobwatcher.yaml:6:11: targets[1].name: ", "\"prod\"", "jobwatcher.yaml:2:11", "unique"]);
    }

    [Fact]
    public async Task A_target_name_given_twice_is_told_across_files()
    {
        _folder.Write("more.yaml", $"{OtherTarget}\n");

        await RefusesAsync(
            $"{Yaml()}targetFiles: [more.yaml]\n",
            ["more.yaml:1:11: targets[0].name: ", "\"prod\"", "jobwatcher.yaml:2:11", "unique"]);
    }

    [Fact]
    public async Task A_project_id_of_another_shape_is_told_with_the_right_shape()
    {
        await RefusesAsync(
            Yaml().Replace(ProjectId, "619D3E78", StringComparison.Ordinal),
            ["jobwatcher.yaml:4:16: targets[0].projectId: ", "\"619D3E78\"", "32 lower-case letters and digits"]);
    }

    [Fact]
    public async Task A_fault_of_the_environment_is_told_with_the_variable()
    {
        _folder.Write("jobwatcher.yaml", Yaml());
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["JOBWATCHER_POLLING__INTERVAL"] = "soon" };

        var start = await RefusedStart.InAsync(_folder, environment);

        Assert.Equal(2, start.ExitCode);
        Assert.StartsWith("JOBWATCHER_POLLING__INTERVAL: polling.interval: \"soon\"", Assert.Single(start.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_are_told_at_once_in_the_order_of_the_file()
    {
        await RefusesAsync(
            Yaml(target: "interval: soon", polling: "pollTimeout: never").Replace(ProjectId, "short", StringComparison.Ordinal),
            ["jobwatcher.yaml:4:16: targets[0].projectId: ", "\"short\""],
            ["jobwatcher.yaml:5:15: targets[0].interval: ", "\"soon\""],
            ["jobwatcher.yaml:9:25: polling.pollTimeout: ", "\"never\""]);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_with_where_one_is_looked_for()
    {
        var start = await RefusedStart.InAsync(_folder, null, "--config", "absent.yaml");

        Assert.Equal(2, start.ExitCode);
        var fault = Assert.Single(start.Faults);
        Assert.StartsWith("absent.yaml: ", fault, StringComparison.Ordinal);
        Assert.Contains("JOBWATCHER_CONFIG", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_never_shows_in_a_fault()
    {
        var start = await StartAsync(Yaml().Replace("secretKey", "secretKeyy", StringComparison.Ordinal));

        Assert.Equal(2, start.ExitCode);
        Assert.DoesNotContain(start.Faults, fault => fault.Contains(AccessKey.Example.Secret, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private string Yaml(string target = "interval: 1s", string polling = "interval: 1s") =>
        $$"""
        targets:
          - name: prod
            region: cn-north-4
            projectId: {{ProjectId}}
            {{target}}
        credentials:
          default: { accessKey: {{AccessKey.Example.Id}}, secretKey: {{AccessKey.Example.Secret}} }
        store: { path: jobwatcher.db }
        polling: { {{polling}} }
        server: { listen: "http://127.0.0.1:{{_port}}" }

        """;

    private async Task RefusesAsync(string yaml, params string[][] faults)
    {
        var start = await StartAsync(yaml);

        Assert.Equal(2, start.ExitCode);
        Assert.Equal(faults.Length, start.Faults.Count);
        Assert.All(start.Faults.Zip(faults), pair =>
        {
            Assert.StartsWith(pair.Second[0], pair.First, StringComparison.Ordinal);
            Assert.All(pair.Second, part => Assert.Contains(part, pair.First, StringComparison.Ordinal));
        });
        Assert.Empty(start.Output);
        Assert.False(File.Exists(_folder.PathOf("jobwatcher.db")));
        Assert.True(FreePort.IsFree(_port));
    }

    private async Task<RefusedStart> StartAsync(string yaml)
    {
        _folder.Write("jobwatcher.yaml", yaml);
        return await RefusedStart.InAsync(_folder);
    }
}
