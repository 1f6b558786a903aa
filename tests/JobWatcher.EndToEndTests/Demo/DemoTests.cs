using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Demo;

/// <summary>What a newcomer sees first.</summary>
public sealed class DemoTests
{
    // What the README promises a newcomer who has started it.
    private static readonly TimeSpan FirstSight = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task The_demo_says_that_its_data_is_simulated_and_soon_shows_transitions()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using var demo = RunningProgram.Start("JobWatcher.Demo", ["--listen", address.GetLeftPart(UriPartial.Authority)]);
        using var http = new HttpClient { BaseAddress = address };

        var first = await demo.Output.WaitForAsync(_ => true, "its first line", Eventually.Deadline);
        await demo.Output.WaitForAsync(
            line => line != first && LogEvent.Read(line).Name is "JobAppeared" or "JobStatusChanged", "a transition", FirstSight);
        await Eventually.SeesAsync(async () =>
        {
            var scrape = Scrape.Parse(await http.GetStringAsync("metrics"));
            Assert.InRange(scrape.Sum("jobwatcher_job_transitions_total"), 1, double.MaxValue);
        });
        var exitCode = await demo.StopAsync(Watcher.StopTime);

        Assert.Contains("simulated", first, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
        Assert.Empty(demo.Error.All);
    }
}
