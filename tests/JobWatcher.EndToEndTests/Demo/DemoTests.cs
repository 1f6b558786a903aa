using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Demo;

/// <summary>What a newcomer sees first.</summary>
public sealed class DemoTests
{
    // Of the 15 s in which a newcomer is to see something, the program's start and the next poll take the rest.
    private static readonly TimeSpan FirstStirWithin = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task The_demo_says_that_its_data_is_simulated_and_soon_shows_transitions()
    {
        var started = DateTimeOffset.UtcNow;
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using var demo = RunningProgram.Start("JobWatcher.Demo", ["--listen", address.GetLeftPart(UriPartial.Authority)]);
        using var http = new HttpClient { BaseAddress = address };

        var first = await demo.Output.WaitForAsync(_ => true, "its first line", Eventually.Deadline);
        var baselined = await TellsAsync(demo, first, "TargetBaselined");
        var appeared = await TellsAsync(demo, first, "JobAppeared");
        await Eventually.SeesAsync(async () =>
        {
            var scrape = Scrape.Parse(await http.GetStringAsync("metrics"));
            Assert.InRange(scrape.Sum("jobwatcher_job_transitions_total"), 1, double.MaxValue);
        });
        var exitCode = await demo.StopAsync();

        Assert.Contains("simulated", first, StringComparison.Ordinal);
        // By the cloud's clock, so that a busy machine is no fault of the demo's; it tells whole seconds.
        Assert.InRange(
            appeared.Time("CreatedTime")!.Value,
            started - TimeSpan.FromSeconds(1),
            baselined.Time("@t")!.Value + FirstStirWithin);
        Assert.Equal(0, exitCode);
        Assert.Empty(demo.Error.All);
    }

    [Theory]
    [InlineData("http://example.com:9464", "is no address to listen on")]
    [InlineData("http://localhost:0", "is no address to listen on")]
    [InlineData("http://127.0.0.1:0", "has port 0")]
    [InlineData("https://127.0.0.1:9464", "is not an http address")]
    [InlineData("127.0.0.1:9464", "is not an address")]
    public async Task An_address_that_nobody_can_listen_on_is_refused_in_one_line(string address, string told)
    {
        await using var demo = RunningProgram.Start("JobWatcher.Demo", ["--listen", address]);

        var exitCode = await demo.WaitForExitAsync(Eventually.Deadline);

        Assert.Equal(2, exitCode);
        Assert.StartsWith($"--listen: \"{address}\" {told}", Assert.Single(demo.Error.All), StringComparison.Ordinal);
        Assert.Empty(demo.Output.All);
    }

    private static async Task<LogEvent> TellsAsync(RunningProgram demo, string greeting, string name) =>
        LogEvent.Read(await demo.Output.WaitForAsync(
            line => line != greeting && LogEvent.Read(line).Name == name, name, Eventually.Deadline));
}
