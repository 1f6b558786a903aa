using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Reporting.Metrics;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Web;

/// <summary>Series that come and go by more than the metrics SDK admits of an instrument, which is 2,000.</summary>
[Collection(nameof(ServiceRig))]
public sealed class SeriesChurnTests
{
    private const string Created = "jobwatcher_open_job_created_timestamp_seconds";
    private const string Ended =
        """jobwatcher_ended_jobs_total{job_name="RebootGaussDBforMySQLInstance",status="Completed",target="prod"}""";

    private const int JobsAtOnce = 1_100;
    private const int Rounds = 5;

    [Fact]
    public async Task Every_series_stays_right_however_many_come_and_go()
    {
        await using var service = await ServiceRig.StartAsync(
            new MetricsOptions(PerJob: true, JobsAtOnce, JobsAtOnce, KnownJobNamesAtZero: true));
        await service.Rig.BaselineAsync();

        var before = new List<ImmediateJob>();
        foreach (var round in Enumerable.Range(0, Rounds))
        {
            var jobs = Enumerable.Range(0, JobsAtOnce)
                .Select(number => Running($"{round}-{number}") with { CreatedTime = Noon.AddSeconds(number) })
                .ToList();
            await service.Rig.PollNextAsync([.. jobs, .. before]);

            var scrape = await service.ScrapeAsync();

            Assert.Equal(
                jobs.Select(job => (CreatedOf(job.JobId), (double)job.CreatedTime!.Value.ToUnixTimeSeconds())).Order(),
                scrape.Of(Created).Select(series => (series, scrape[series])).Order());
            Assert.Equal(round * JobsAtOnce, scrape[Ended]);
            Assert.DoesNotContain(
                scrape.Values.Keys, series => series.Contains("otel_metric_overflow", StringComparison.Ordinal));
            before = [.. jobs.Select(job => job with { Status = JobStatus.Completed, EndedTime = Noon.AddHours(1) })];
        }
    }

    private static string CreatedOf(string jobId) => $$"""{{Created}}{job_id="{{jobId}}",target="prod"}""";
}
