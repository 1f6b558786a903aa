using System.Collections.Frozen;

namespace JobWatcher.Alerts;

/// <summary>The labels that alerts have, as the public contract names them. Targets cannot have labels of these names.</summary>
internal static class AlertLabels
{
    public const string Severity = "severity";
    public const string Target = "target";
    public const string Region = "region";
    public const string ProjectId = "project_id";
    public const string JobName = "job_name";
    public const string JobId = "job_id";
    public const string InstanceId = "instance_id";
    public const string InstanceName = "instance_name";

    /// <summary>All of them.</summary>
    public static readonly FrozenSet<string> All = FrozenSet.ToFrozenSet(
        [Severity, Target, Region, ProjectId, JobName, JobId, InstanceId, InstanceName], StringComparer.Ordinal);
}
