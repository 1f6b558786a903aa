using System.Text.Json;
using JobWatcher.Alerts;

namespace JobWatcher.Storage.Rows;

/// <summary>The columns of an alert that are not its job's.</summary>
internal sealed record AlertColumns
{
    public required string Id { get; init; }

    public required string Target { get; init; }

    public required string Rule { get; init; }

    public required string Severity { get; init; }

    public required string Labels { get; init; }

    public required string Annotations { get; init; }

    public required long Started { get; init; }

    public required long Observed { get; init; }

    public long? Ended { get; init; }

    public string? EndReason { get; init; }

    public long? EndSeen { get; init; }

    public bool StartTold { get; init; }

    public bool Shown { get; init; }

    /// <summary>The columns of an alert.</summary>
    public static AlertColumns Of(Alert alert) => new()
    {
        Id = alert.Id.Value,
        Target = alert.Key.Target,
        Rule = alert.Key.Name.Value,
        Severity = alert.Severity,
        Labels = JsonSerializer.Serialize(alert.Labels),
        Annotations = JsonSerializer.Serialize(alert.Annotations),
        Started = alert.StartedTime.ToUnixTimeMilliseconds(),
        Observed = alert.ObservedTime.ToUnixTimeMilliseconds(),
        Ended = ColumnTime.ToColumn(alert.EndedTime),
        EndReason = alert.EndReason?.Value,
        EndSeen = ColumnTime.ToColumn(alert.EndSeenTime),
    };

    /// <summary>The alert of the columns.</summary>
    public Alert ToAlert(JobColumns job) => new()
    {
        Id = new AlertId(Id),
        Key = new AlertKey(Target, new AlertName(Rule), job.JobId),
        Severity = Severity,
        Labels = Read(Labels),
        Annotations = Read(Annotations),
        Job = job.JobId.Length == 0 ? null : job.ToJob(),
        StartedTime = DateTimeOffset.FromUnixTimeMilliseconds(Started),
        ObservedTime = DateTimeOffset.FromUnixTimeMilliseconds(Observed),
        EndedTime = ColumnTime.FromColumn(Ended),
        EndReason = EndReason is { } reason ? new EndReason(reason) : null,
        EndSeenTime = ColumnTime.FromColumn(EndSeen),
        IsShown = Shown,
    };

    private static Dictionary<string, string> Read(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
}
