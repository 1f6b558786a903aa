using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Metrics;

/// <summary>Many more jobs come and go than an instrument may have label sets at once.</summary>
public sealed class ChurnTests
{
    // 6,000 jobs, of which each has label sets of its own; the SDK's limit for an instrument is 2,000.
    private const int Rounds = 20;
    private const int JobsARound = 300;

    private static readonly string[] OfEachOpenJob =
    [
        "jobwatcher_open_job_info", "jobwatcher_open_job_created_timestamp_seconds",
        "jobwatcher_open_job_status_since_timestamp_seconds", "jobwatcher_open_job_progress_ratio",
    ];

    [Fact]
    public async Task Each_scrape_shows_the_open_jobs_of_its_moment_and_no_other()
    {
        await using var cloud = await Cloud.StartAsync();
        await using var watcher = await Watcher.StartAsync(cloud.Watched("prod"));
        await watcher.TellsAsync("TargetBaselined");
        IReadOnlyList<CloudJob> ended = [];
        IReadOnlyList<CloudJob> open = [];

        for (var round = 0; round < Rounds; round++)
        {
            await cloud.RemoveAsync(ended);
            ended = [.. open.Select(job => job.Completed())];
            open = [.. Enumerable.Range(0, JobsARound).Select(_ => new CloudJob().Running("30%"))];
            await cloud.PutAsync([.. ended, .. open]);

            var ids = open.Select(job => job.JobId).Order(StringComparer.Ordinal).ToList();
            await watcher.ShowsAsync(scrape =>
            {
                Assert.DoesNotContain("otel_metric_overflow", scrape.Text, StringComparison.Ordinal);
                Assert.All(OfEachOpenJob, name => Assert.Equal(ids, scrape.ValuesOf("job_id", name)));
                Assert.Equal(JobsARound, scrape.Sum("jobwatcher_jobs", ("status", "Running")));
                Assert.Equal(0, scrape.Value("jobwatcher_open_jobs_dropped"));
            });
        }

        await watcher.ShowsAsync(scrape =>
        {
            Assert.Equal(Rounds * JobsARound, scrape.Sum("jobwatcher_job_transitions_total", ("from", "None"), ("to", "Running")));
            Assert.Equal((Rounds - 1) * JobsARound, scrape.Sum("jobwatcher_job_transitions_total", ("from", "Running"), ("to", "Completed")));
            Assert.Equal(((2 * Rounds) - 1) * JobsARound, scrape.Sum("jobwatcher_job_transitions_total"));
            Assert.Equal((Rounds - 1) * JobsARound, scrape.Sum("jobwatcher_ended_jobs_total"));
        });
    }
}
