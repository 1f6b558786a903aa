namespace JobWatcher.Storage;

/// <summary>Which transitions of the log to read. What is null does not limit.</summary>
internal sealed record TransitionFilter
{
    /// <summary>Only those of this target.</summary>
    public string? Target { get; init; }

    /// <summary>Only those to this status; <c>None</c> selects the jobs that vanished.</summary>
    public string? Status { get; init; }

    /// <summary>Only those of jobs of exactly this name.</summary>
    public string? JobName { get; init; }

    /// <summary>Only those observed at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }
}
