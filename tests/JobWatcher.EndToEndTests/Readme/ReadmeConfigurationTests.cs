using System.Text.RegularExpressions;
using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Readme;

/// <summary>What the README tells a newcomer to write works as it is written there.</summary>
public sealed partial class ReadmeConfigurationTests
{
    [Fact]
    public async Task The_configuration_of_the_README_watches_a_cloud()
    {
        var yaml = await ConfigurationAsync();
        const string Secret = "secret-key-of-the-readme-that-nobody-uses";
        await using var cloud = await Cloud.StartAsync(
            new AccessKey(ValueOf(yaml, "accessKey"), Secret), "--project", ValueOf(yaml, "projectId"));
        await cloud.PutIntoAsync(ValueOf(yaml, "projectId"), new CloudJob().Running());
        var folder = new TempFolder();
        folder.Write("jobwatcher.yaml", yaml);
        folder.Write(ValueOf(yaml, "secretKeyFile"), Secret + "\n");
        var port = FreePort.Next();

        await using var watcher = await Watcher.StartAsync(folder, port, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["JOBWATCHER_TARGETS__0__ENDPOINT"] = cloud.Endpoint.ToString(),
            ["JOBWATCHER_SERVER__LISTEN"] = $"http://127.0.0.1:{port}",
        });

        await watcher.TellsAsync("TargetBaselined", ("Target", ValueOf(yaml, "name")));
        var scrape = await watcher.ScrapeAsync();
        Assert.Equal(1, scrape.Sum("jobwatcher_jobs", ("status", "Running")));
        Assert.Equal("payments", Assert.Single(scrape.Find("jobwatcher_target_info")).Labels["team"]);
        Assert.True(File.Exists(folder.PathOf(ValueOf(yaml, "path"))));
        Assert.Equal(0, await watcher.Program.StopAsync());
    }

    private static async Task<string> ConfigurationAsync()
    {
        var readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"));
        return Assert.Single(YamlBlock().Matches(readme), block => block.Value.Contains("targets:\n  - name:", StringComparison.Ordinal))
            .Groups["yaml"].Value;
    }

    private static string ValueOf(string yaml, string key) =>
        Assert.Single(Pair().Matches(yaml), pair => pair.Groups["key"].Value == key).Groups["value"].Value;

    [GeneratedRegex(@"^```yaml\n(?<yaml>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex YamlBlock();

    [GeneratedRegex(@"^[ -]*(?<key>\w+): (?<value>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();
}
