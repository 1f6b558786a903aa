using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Listings;

/// <summary>The example answer of the API's reference, served as it stands.</summary>
public sealed class ReferenceAnswerTests
{
    [Fact]
    public async Task The_example_answer_of_the_reference_is_understood_field_by_field()
    {
        await using var cloud = await Cloud.StartAsync();
        await cloud.FailAsync(new CloudFault
        {
            Body = await File.ReadAllTextAsync(Repository.PathOf("tests", "vectors", "immediate-jobs-200.json")),
        });

        await using var watcher = await Watcher.StartAsync(cloud.Watched("prod"));

        var baselined = await watcher.TellsAsync("TargetBaselined");
        Assert.Equal(2, baselined["Jobs"].GetInt32());
        Assert.Equal(0, baselined["OpenJobs"].GetInt32());
        Assert.Equal(1, baselined["FailedJobs"].GetInt32());

        var scrape = await watcher.ShowsAsync(scrape => Assert.Equal(2, scrape.Sum("jobwatcher_jobs")));
        Assert.Equal(1, scrape.Value("jobwatcher_jobs", ("job_name", "CloseGaussDBforMySQLProxy"), ("status", "Completed")));
        Assert.Equal(1, scrape.Value("jobwatcher_jobs", ("job_name", "ResizeGaussDBforMySQLFlavor"), ("status", "Failed")));
        Assert.Equal(Seconds("2018-08-06T12:41:14+0000"), LastEnded(scrape, "CloseGaussDBforMySQLProxy", "Completed"));
        Assert.Equal(Seconds("2018-08-06T11:31:12+0000"), LastEnded(scrape, "ResizeGaussDBforMySQLFlavor", "Failed"));
        Assert.Empty(scrape.Find("jobwatcher_open_job_info"));
        Assert.Equal(0, scrape.Sum("jobwatcher_job_transitions_total"));
    }

    [Fact]
    public async Task A_change_of_the_example_is_told_with_all_that_the_example_says()
    {
        var example = await File.ReadAllTextAsync(Repository.PathOf("tests", "vectors", "immediate-jobs-200.json"));
        await using var cloud = await Cloud.StartAsync();
        await cloud.FailAsync(new CloudFault
        {
            Body = example.Replace("\"Failed\"", "\"Running\"", StringComparison.Ordinal),
        });
        await using var watcher = await Watcher.StartAsync(cloud.Watched("prod"));
        await watcher.TellsAsync("TargetBaselined");

        await cloud.FailAsync(new CloudFault { Body = example });

        var failed = await watcher.TellsAsync("JobStatusChanged", ("ToStatus", "Failed"));
        Assert.Equal("335ab2a4-a038-4fa9-a62c-49dd84015011", failed.Text("JobId"));
        Assert.Equal("ResizeGaussDBforMySQLFlavor", failed.Text("JobName"));
        Assert.Equal("ede953923f06448d9be8686ef0c1378ein07", failed.Text("InstanceId"));
        Assert.Equal("gauss-1234", failed.Text("InstanceName"));
        Assert.Equal("deleted", failed.Text("InstanceStatus"));
        Assert.Equal(CloudJob.Parse("2018-08-06T11:25:23+0000"), failed.Time("CreatedTime"));
        Assert.Equal(CloudJob.Parse("2018-08-06T11:31:12+0000"), failed.Time("EndedTime"));
        Assert.Equal(349, failed["DurationSeconds"].GetDouble());
        Assert.Equal("Single task exception.", failed.Text("FailReason"));
    }

    private static double LastEnded(Scrape scrape, string jobName, string status) =>
        scrape.Value("jobwatcher_last_job_ended_timestamp_seconds", ("job_name", jobName), ("status", status));

    private static double Seconds(string time) => CloudJob.Parse(time).ToUnixTimeSeconds();
}
