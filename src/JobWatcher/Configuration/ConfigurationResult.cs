using System.Diagnostics.CodeAnalysis;

namespace JobWatcher.Configuration;

/// <summary>What came of loading: a valid configuration, or all its faults.</summary>
internal sealed record ConfigurationResult
{
    /// <summary>The configuration; null where there are faults.</summary>
    public required WatcherConfiguration? Configuration { get; init; }

    /// <summary>All faults, in order of place; empty for a valid configuration.</summary>
    public required IReadOnlyList<ConfigurationFault> Faults { get; init; }

    /// <summary>The files that made it, there for a faulty one too, so that its repair can be seen.</summary>
    public required ConfigurationSources Sources { get; init; }

    /// <summary>Whether there is a configuration.</summary>
    [MemberNotNullWhen(true, nameof(Configuration))]
    public bool IsValid => Configuration is not null;
}

/// <summary>The files of a configuration.</summary>
/// <param name="Readings">All that was read or looked for, in order: secrets and certificates too.</param>
/// <param name="ContentHash">
/// SHA-256 in hexadecimal over paths and content: another one means that something changed. It covers secrets, so it is
/// to be compared, not shown.
/// </param>
internal sealed record ConfigurationSources(IReadOnlyList<SourceReading> Readings, string ContentHash)
{
    /// <summary>The absolute paths of all files, each once.</summary>
    public IEnumerable<string> Paths => Readings
        .Where(reading => reading.Pattern is null)
        .Select(reading => reading.Path)
        .Distinct(StringComparer.Ordinal);
}

/// <summary>One look at a file, or at the files of a folder.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Most">How many bytes of the file were read, or how many files of the folder listed, at most.</param>
/// <param name="Pattern">Which files of the folder; null for a file.</param>
internal sealed record SourceReading(string Path, int Most, string? Pattern = null);
