using System.Text.Json.Serialization;

namespace JobWatcher.Simulator.Jobs;

/// <summary>
/// A job as the API lists it. Every field holds the text that travels, so that a test can put there what a sick server
/// would; only the id is never missing. Serialized, it has the reference's names and order of fields.
/// </summary>
public sealed record SimulatedJob
{
    /// <summary>32 hexadecimal digits and <c>in07</c>.</summary>
    public string? InstanceId { get; init; } = DeterministicId.Instance("gauss-1234");

    /// <summary>Chosen by the cloud's users: any text.</summary>
    public string? InstanceName { get; init; } = "gauss-1234";

    /// <summary><c>createfail</c>, <c>creating</c>, <c>normal</c>, <c>abnormal</c> or <c>deleted</c>.</summary>
    public string? InstanceStatus { get; init; } = "normal";

    /// <summary>Identifies the job in its project.</summary>
    public required string JobId { get; init; }

    /// <summary>Empty unless billed yearly or monthly.</summary>
    public string? OrderId { get; init; } = "";

    /// <summary>One of <see cref="JobNames"/>, or any other.</summary>
    public required string? JobName { get; init; }

    /// <summary>One of <see cref="JobStatuses"/>, or any other.</summary>
    public string? Status { get; init; } = JobStatuses.Pending;

    /// <summary>Progress: empty, <c>30</c> or <c>30%</c>.</summary>
    public string? Process { get; init; } = "";

    /// <summary>When the job was made, as <c>2018-08-06T10:41:14+0000</c>.</summary>
    public string? CreatedTime { get; init; }

    /// <summary>When it ended; empty or null while it is open.</summary>
    public string? EndedTime { get; init; }

    /// <summary>Why it failed.</summary>
    public string? FailReason { get; init; }

    /// <summary>Told by newer servers only: left out while null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? ShowDetail { get; init; }

    /// <summary><see cref="CreatedTime"/> as a time; null when unreadable. Setting it cuts it to seconds.</summary>
    [JsonIgnore]
    public DateTimeOffset? Created
    {
        get => CloudTime.Parse(CreatedTime);
        init => CreatedTime = value is { } time ? CloudTime.Format(time) : null;
    }

    /// <summary><see cref="EndedTime"/> as a time; null when unreadable. Setting it cuts it to seconds.</summary>
    [JsonIgnore]
    public DateTimeOffset? Ended
    {
        get => CloudTime.Parse(EndedTime);
        init => EndedTime = value is { } time ? CloudTime.Format(time) : null;
    }

    /// <summary>A pending job. Without an id it gets one that depends on name and time alone.</summary>
    public static SimulatedJob Pending(string jobName, DateTimeOffset created, string? jobId = null) => new()
    {
        JobId = jobId ?? DeterministicId.Uuid($"{jobName} {CloudTime.Format(created.ToUniversalTime())}"),
        JobName = jobName,
        Created = created,
    };

    /// <summary>The same job at work.</summary>
    public SimulatedJob Running(string process = "") => this with { Status = JobStatuses.Running, Process = process };

    /// <summary>The same job, ended well.</summary>
    public SimulatedJob Completed(DateTimeOffset ended)
        => this with { Status = JobStatuses.Completed, Process = "", Ended = ended };

    /// <summary>The same job, ended badly.</summary>
    public SimulatedJob Failed(DateTimeOffset ended, string failReason = "Single task exception.")
        => this with { Status = JobStatuses.Failed, Process = "", Ended = ended, FailReason = failReason };

    /// <summary>The same job, ended by its user.</summary>
    public SimulatedJob Canceled(DateTimeOffset ended)
        => this with { Status = JobStatuses.Canceled, Process = "", Ended = ended };

    /// <summary>The same job on another instance.</summary>
    public SimulatedJob On(
        string instanceName, string? instanceId = null, string instanceStatus = "normal") => this with
    {
        InstanceId = instanceId ?? DeterministicId.Instance(instanceName),
        InstanceName = instanceName,
        InstanceStatus = instanceStatus,
    };
}
