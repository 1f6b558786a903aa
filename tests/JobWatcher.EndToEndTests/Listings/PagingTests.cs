using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Listings;

/// <summary>Servers read <c>offset</c> in two ways; a listing is complete on both.</summary>
public sealed class PagingTests
{
    private const int Jobs = 1000;

    [Theory]
    [InlineData("page-number")]
    [InlineData("record-offset")]
    public async Task A_thousand_jobs_are_listed_completely_each_once(string paging)
    {
        await using var cloud = await Cloud.StartAsync("--paging", paging);
        var jobs = Enumerable.Range(0, Jobs).Select(_ => new CloudJob().Running()).ToArray();
        await cloud.PutAsync(jobs);

        await using var watcher = await Watcher.StartAsync(
            cloud.Watched("prod") with { More = $"metrics: {{ perJobLimit: {2 * Jobs} }}" });

        var scrape = await watcher.ShowsAsync(scrape => Assert.Equal(Jobs, scrape.Sum("jobwatcher_jobs")));
        Assert.Equal(
            jobs.Select(job => job.JobId).Order(StringComparer.Ordinal),
            scrape.ValuesOf("job_id", "jobwatcher_open_job_info"));
        Assert.Equal(0, scrape.Value("jobwatcher_open_jobs_dropped"));
        Assert.Equal(0, scrape.Value("jobwatcher_polls_total", ("outcome", "incomplete")));
        Assert.Equal(Jobs, (await watcher.TellsAsync("TargetBaselined"))["Jobs"].GetInt32());
    }
}
