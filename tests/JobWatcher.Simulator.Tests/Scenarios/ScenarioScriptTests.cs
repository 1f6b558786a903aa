using JobWatcher.Simulator.Scenarios;

namespace JobWatcher.Simulator.Tests.Scenarios;

public sealed class ScenarioScriptTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    [Fact]
    public async Task A_script_is_played_word_for_word()
    {
        await using var cloud = await StartAsync("""
            {"jobs": [
              {"at_seconds": 10, "job": {"job_id": "a", "job_name": "GaussDBforMySQLBindEIP"}, "steps": [
                {"after_seconds": 5, "set": {"status": "Running", "process": "30%"}},
                {"after_seconds": 20, "set": {"status": "Failed", "fail_reason": "No address."}},
                {"after_seconds": 60, "remove": true}]},
              {"at_seconds": -3600, "project": "another", "job": {"job_id": "b"}}
            ]}
            """);
        var seen = new List<string>();

        for (var second = 0; second < 80; second += 5)
        {
            var job = cloud.Project.Find("a");
            var ended = (job?.Ended - TestCloud.Start)?.TotalSeconds;
            seen.Add($"{job?.Status} {job?.Process} {ended} {job?.FailReason}".Trim());
            cloud.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(["", "Pending", "Running 30%", "Failed 30% 30 No address.", ""], seen.Aggregate(
            new List<string>(), (list, state) => list.LastOrDefault() == state ? list : [.. list, state]));
        Assert.Null(cloud.Project.Find("b"));
    }

    [Fact]
    public async Task Jobs_before_the_start_are_there_at_once()
    {
        await using var cloud = await StartAsync("""{"jobs": [{"at_seconds": -60, "job": {"status": "Completed"}}]}""");

        var job = Assert.Single(cloud.Project.Jobs);

        Assert.Equal(TestCloud.Start.AddSeconds(-60), job.Created);
        Assert.Equal(TestCloud.Start.AddSeconds(-60), job.Ended);
    }

    [Theory]
    [InlineData("{}", "jobs")]
    [InlineData("null", "null")]
    [InlineData("[", "Path: $")]
    [InlineData("""{"jobs":[{"at_seconds":1}]}""", "job")]
    [InlineData("""{"jobs":[{"job":{"colour":"red"}}]}""", "colour")]
    [InlineData("""{"jobs":[{"job":{},"steps":[{"set":{}}]}]}""", "after_seconds")]
    [InlineData("""{"jobs":[{"job":{},"at_seconds":1e300}]}""", "range")]
    public void A_broken_script_is_refused_with_its_place(string script, string reason)
    {
        File.WriteAllText(path, script);

        var fault = Assert.Throws<FormatException>(() => ScenarioScript.Load(path));

        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => File.Delete(path);

    private async Task<TestCloud> StartAsync(string script)
    {
        await File.WriteAllTextAsync(path, script);
        return await TestCloud.StartAsync(new() { Script = ScenarioScript.Load(path) });
    }
}
