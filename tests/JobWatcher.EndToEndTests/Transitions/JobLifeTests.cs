using System.Globalization;
using System.Text.Json;
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
        "@t", "@m", "@l", "@x", "EventId", "SourceContext",
        "TransitionId", "Target", "ProjectId", "Region", "JobId", "JobName", "FromStatus", "ToStatus", "InstanceId",
        "InstanceName", "InstanceStatus", "OrderId", "Process", "ProgressPercent", "CreatedTime", "EndedTime",
        "DurationSeconds", "FailReason", "ObservedTime", "Labels",
    ];

    private readonly CloudJob _job = new()
    {
        OrderId = "CS2204121528XCDTG",
        InstanceStatus = "abnormal",
    };

    [Fact]
    public async Task A_job_from_Pending_over_Running_to_Failed_is_counted_and_told_once_at_each_step()
    {
        await using var cloud = await Cloud.StartAsync();
        await using var watcher = await Watcher.StartAsync(cloud.Watched("prod"));
        await watcher.TellsAsync("TargetBaselined", ("Target", "prod"));

        var appeared = await LetAsync(cloud, watcher, _job, "JobAppeared");
        var running = await LetAsync(cloud, watcher, _job.Running("30%"), "JobStatusChanged");
        var failed = await LetAsync(cloud, watcher, Failed(), "JobStatusChanged");

        var scrape = await watcher.ShowsAsync(scrape => Assert.Equal(3, scrape.Sum(Steps)));
        Assert.Equal(1, Count(scrape, "None", "Pending"));
        Assert.Equal(1, Count(scrape, "Pending", "Running"));
        Assert.Equal(1, Count(scrape, "Running", "Failed"));
        Assert.Equal(1, scrape.Value(Failures, ("target", "prod"), ("job_name", _job.JobName)));
        Assert.Equal(1, scrape.Sum(Failures));

        TellsAll(appeared, "Information", "None", "Pending");
        TellsAll(running, "Information", "Pending", "Running", process: "30%", progress: 30);
        TellsAll(failed, "Error", "Running", "Failed", reason: "Single task exception.", seconds: 90);
        var told = watcher.Events.Where(logged => logged.Keys.Contains("TransitionId", StringComparer.Ordinal)).ToList();
        Assert.Equal(3, told.Count);
        Assert.Equal(3, told.Select(logged => logged.Text("TransitionId")).Distinct(StringComparer.Ordinal).Count());
    }

    private CloudJob Failed() => _job.Failed("Single task exception.") with
    {
        EndedTime = CloudJob.Format(DateTimeOffset.Parse(
            _job.CreatedTime.Replace("+0000", "Z", StringComparison.Ordinal), CultureInfo.InvariantCulture).AddSeconds(90)),
    };

    private static async Task<LogEvent> LetAsync(Cloud cloud, Watcher watcher, CloudJob job, string name)
    {
        await cloud.PutAsync(job);
        return await watcher.TellsAsync(name, ("JobId", job.JobId), ("ToStatus", job.Status));
    }

    private double Count(Scrape scrape, string from, string to) =>
        scrape.Value(Steps, ("target", "prod"), ("job_name", _job.JobName), ("from", from), ("to", to));

    private void TellsAll(
        LogEvent logged,
        string level,
        string from,
        string to,
        string process = "",
        double? progress = null,
        string? reason = null,
        double? seconds = null)
    {
        Assert.Equal(Keys.Order(StringComparer.Ordinal), logged.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(level, logged.Text("@l"));
        Assert.StartsWith("JobWatcher", logged.Text("SourceContext"), StringComparison.Ordinal);
        Assert.Equal(from == "None" ? 1001 : 1002, logged["EventId"].GetProperty("Id").GetInt32());
        Assert.Equal(JsonValueKind.Null, logged["@x"].ValueKind);

        Assert.Matches("^[0-9a-f]{32}$", logged.Text("TransitionId"));
        Assert.Equal("prod", logged.Text("Target"));
        Assert.Equal(Cloud.Project, logged.Text("ProjectId"));
        Assert.Equal(WatcherSettings.Region, logged.Text("Region"));
        Assert.Equal(_job.JobId, logged.Text("JobId"));
        Assert.Equal(_job.JobName, logged.Text("JobName"));
        Assert.Equal(from, logged.Text("FromStatus"));
        Assert.Equal(to, logged.Text("ToStatus"));
        Assert.Equal(_job.InstanceId, logged.Text("InstanceId"));
        Assert.Equal(_job.InstanceName, logged.Text("InstanceName"));
        Assert.Equal("abnormal", logged.Text("InstanceStatus"));
        Assert.Equal(_job.OrderId, logged.Text("OrderId"));
        Assert.Equal(process, logged.Text("Process") ?? "");
        Assert.Equal(progress, logged.Number("ProgressPercent"));
        Assert.Equal(TimeOf(_job.CreatedTime), UtcTime(logged, "CreatedTime"));
        Assert.Equal(seconds is null ? null : TimeOf(Failed().EndedTime!), UtcTime(logged, "EndedTime"));
        Assert.Equal(seconds, logged.Number("DurationSeconds"));
        Assert.Equal(reason, logged.Text("FailReason"));
        Assert.NotNull(UtcTime(logged, "ObservedTime"));
        Assert.Equal("payments", Assert.Single(logged["Labels"].EnumerateObject()).Value.GetString());
    }

    private static DateTimeOffset TimeOf(string cloudTime) =>
        DateTimeOffset.Parse(cloudTime.Replace("+0000", "Z", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private static DateTimeOffset? UtcTime(LogEvent logged, string key)
    {
        if (logged.Text(key) is not { } text)
        {
            return null;
        }

        Assert.EndsWith("Z", text, StringComparison.Ordinal);
        return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }
}
