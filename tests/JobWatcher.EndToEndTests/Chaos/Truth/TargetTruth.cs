namespace JobWatcher.EndToEndTests.Chaos.Truth;

/// <summary>All that can be known of a target without asking the watcher.</summary>
internal sealed record TargetTruth
{
    /// <summary>The status of what is not listed, as the watcher tells it.</summary>
    public const string NotListed = "None";

    private static readonly string[] Ended = ["Completed", "Failed", "Canceled"];

    /// <summary>The target's name.</summary>
    public required string Name { get; init; }

    /// <summary>The statuses of the jobs that were there, unchanged, until the watch had begun; by job id.</summary>
    public required IReadOnlyDictionary<string, string> Baseline { get; init; }

    /// <summary>The statuses of the jobs that are listed in the end, by job id.</summary>
    public required IReadOnlyDictionary<string, string> Final { get; init; }

    /// <summary>All answers about it, in the order of their requests.</summary>
    public required IReadOnlyList<ServedAnswer> Answers { get; init; }

    /// <summary>Whether a job of that status has come to its end.</summary>
    public static bool IsEnded(string status) => Ended.Contains(status, StringComparer.Ordinal);
}
