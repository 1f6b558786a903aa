using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Transitions;

/// <summary>A job's life at the cloud, as counters and log events tell it.</summary>
public sealed class JobLifeTests
{
    private const string Failures = "jobwatcher_job_failures_total";
    private const string Steps = "jobwatcher_job_transitions_total";

    // The contract's fields of a transition, and what every line has besides.
    private static readonly string[] Keys =
    [
        "@t", "@m", "@l", "EventId", "SourceContext",
        "TransitionId", "Target", "ProjectId", "Region", "JobId", "JobName", "FromStatus", "ToStatus", "InstanceId",
        "InstanceName", "InstanceStatus", "OrderId", "Process", "ProgressPercent", "CreatedTime", "EndedTime",
        "DurationSeconds", "FailReason", "ObservedTime", "Labels",
    ];

    [Fact]
    public async Task A_job_from_Pending_over_Running_to_Failed_is_counted_and_told_once_at_each_step()
    {
        await using var cloud = await Cloud.StartAsync();
        await using var watcher = await Watcher.StartAsync(cloud.Watched("prod"));
        await watcher.TellsAsync("TargetBaselined", ("Target", "prod"));
        var pending = new CloudJob { OrderId = "CS2204121528XCDTG", InstanceStatus = "abnormal" };
        var running = pending.Running("30%");
        var failed = pending.Failed("Single task exception.") with
        {
            EndedTime = CloudJob.Format(CloudJob.Parse(pending.CreatedTime).AddSeconds(90)),
        };

        var first = await LetAsync(cloud, watcher, pending, "JobAppeared");
        var second = await LetAsync(cloud, watcher, running, "JobStatusChanged");
        var third = await LetAsync(cloud, watcher, failed, "JobStatusChanged");

        var scrape = await watcher.ShowsAsync(scrape => Assert.Equal(3, scrape.Sum(Steps)));
        Assert.Equal(1, Count(scrape, pending, "None", "Pending"));
        Assert.Equal(1, Count(scrape, pending, "Pending", "Running"));
        Assert.Equal(1, Count(scrape, pending, "Running", "Failed"));
        Assert.Equal(1, scrape.Value(Failures, ("target", "prod"), ("job_name", pending.JobName)));
        Assert.Equal(1, scrape.Sum(Failures));

        TellsAll(first, pending, "Information", "None");
        TellsAll(second, running, "Information", "Pending", progress: 30);
        TellsAll(third, failed, "Error", "Running", seconds: 90);
        var told = watcher.Events.Where(logged => logged.Keys.Contains("TransitionId", StringComparer.Ordinal)).ToList();
        Assert.Equal(3, told.Count);
        Assert.Equal(3, told.Select(logged => logged.Text("TransitionId")).Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task<LogEvent> LetAsync(Cloud cloud, Watcher watcher, CloudJob job, string name)
    {
        await cloud.PutAsync(job);
        return await watcher.TellsAsync(name, ("JobId", job.JobId), ("ToStatus", job.Status));
    }

    private static double Count(Scrape scrape, CloudJob job, string from, string to) =>
        scrape.Value(Steps, ("target", "prod"), ("job_name", job.JobName), ("from", from), ("to", to));

    private static void TellsAll(
        LogEvent logged, CloudJob job, string level, string from, double? progress = null, double? seconds = null)
    {
        Assert.Equal(Keys.Order(StringComparer.Ordinal), logged.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(level, logged.Text("@l"));
        Assert.StartsWith("JobWatcher", logged.Text("SourceContext"), StringComparison.Ordinal);
        Assert.Equal(from == "None" ? 1001 : 1002, logged["EventId"].GetProperty("Id").GetInt32());

        Assert.Matches("^[0-9a-f]{32}$", logged.Text("TransitionId"));
        Assert.Equal("prod", logged.Text("Target"));
        Assert.Equal(Cloud.Project, logged.Text("ProjectId"));
        Assert.Equal(WatcherSettings.Region, logged.Text("Region"));
        Assert.Equal(job.JobId, logged.Text("JobId"));
        Assert.Equal(job.JobName, logged.Text("JobName"));
        Assert.Equal(from, logged.Text("FromStatus"));
        Assert.Equal(job.Status, logged.Text("ToStatus"));
        Assert.Equal(job.InstanceId, logged.Text("InstanceId"));
        Assert.Equal(job.InstanceName, logged.Text("InstanceName"));
        Assert.Equal(job.InstanceStatus, logged.Text("InstanceStatus"));
        Assert.Equal(job.OrderId, logged.Text("OrderId"));
        Assert.Equal(job.Process, logged.Text("Process") ?? "");
        Assert.Equal(progress, logged.Number("ProgressPercent"));
        Assert.Equal(CloudJob.Parse(job.CreatedTime), logged.Time("CreatedTime"));
        Assert.Equal(job.EndedTime is null ? null : CloudJob.Parse(job.EndedTime), logged.Time("EndedTime"));
        Assert.Equal(seconds, logged.Number("DurationSeconds"));
        Assert.Equal(job.FailReason, logged.Text("FailReason"));
        Assert.NotNull(logged.Time("ObservedTime"));
        Assert.Equal("payments", Assert.Single(logged["Labels"].EnumerateObject()).Value.GetString());
    }
}
