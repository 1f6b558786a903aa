using JobWatcher.Alerts;

namespace JobWatcher.Alerting;

/// <summary>
/// An alert as users get it: the data of a webhook's event and the item of the HTTP API, in camelCase. A field that nothing
/// is known of is there and null.
/// </summary>
internal sealed record AlertItem
{
    /// <summary>Its identity, the same from its start to its end.</summary>
    public required string Id { get; init; }

    /// <summary>The alert's name.</summary>
    public required string Alert { get; init; }

    /// <summary><c>firing</c> or <c>resolved</c>.</summary>
    public required string Status { get; init; }

    public required string Severity { get; init; }

    public required string Target { get; init; }

    public required string? Region { get; init; }

    public required string? ProjectId { get; init; }

    public required string? JobId { get; init; }

    public required string? JobName { get; init; }

    /// <summary>The job's status when the alert started.</summary>
    public required string? JobStatus { get; init; }

    public required string? InstanceId { get; init; }

    public required string? InstanceName { get; init; }

    /// <summary>When the job was created.</summary>
    public required DateTime? CreatedTime { get; init; }

    /// <summary>Why the job failed, in the cloud's words.</summary>
    public required string? FailReason { get; init; }

    /// <summary>Since when what the alert tells holds.</summary>
    public required DateTime StartedTime { get; init; }

    /// <summary>When that was seen.</summary>
    public required DateTime ObservedTime { get; init; }

    /// <summary>When the alert ended.</summary>
    public required DateTime? EndedTime { get; init; }

    public required string? EndReason { get; init; }

    /// <summary>The target's own labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Texts for people.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>Tells an alert.</summary>
    public static AlertItem Of(Alert alert)
    {
        var job = alert.Job;
        return new AlertItem
        {
            Id = alert.Id.Value,
            Alert = alert.Key.Name.Value,
            Status = alert.IsFiring ? "firing" : "resolved",
            Severity = alert.Severity,
            Target = alert.Key.Target,
            Region = alert.Labels.GetValueOrDefault(AlertLabels.Region),
            ProjectId = alert.Labels.GetValueOrDefault(AlertLabels.ProjectId),
            JobId = job?.JobId,
            JobName = job?.JobName,
            JobStatus = job?.Status.Value,
            InstanceId = job?.InstanceId,
            InstanceName = job?.InstanceName,
            CreatedTime = job?.CreatedTime?.UtcDateTime,
            FailReason = job?.FailReason,
            StartedTime = alert.StartedTime.UtcDateTime,
            ObservedTime = alert.ObservedTime.UtcDateTime,
            EndedTime = alert.EndedTime?.UtcDateTime,
            EndReason = alert.EndReason?.Value,
            Labels = alert.OwnLabels.ToDictionary(StringComparer.Ordinal),
            Annotations = alert.Annotations,
        };
    }
}
