using JobWatcher.Snapshots;

namespace JobWatcher.Storage;

/// <summary>A transition as the log holds it.</summary>
internal sealed record CommittedTransition
{
    /// <summary>Its identity for good.</summary>
    public required TransitionId Id { get; init; }

    /// <summary>The target that it was seen under.</summary>
    public required string Target { get; init; }

    /// <summary>The target's project at that time.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The target's region at that time.</summary>
    public required string Region { get; init; }

    /// <summary>Its place in the target's log: 1, 2, 3, without gaps. Orders only; see <see cref="Id"/>.</summary>
    public required long Sequence { get; init; }

    /// <summary>The target's own labels at that time.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The step.</summary>
    public required Transition Transition { get; init; }
}
