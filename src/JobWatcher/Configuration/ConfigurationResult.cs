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
/// <param name="Paths">The absolute paths of all files that were read or looked for, in order: those of secrets and certificates too.</param>
/// <param name="ContentHash">
/// SHA-256 in hexadecimal over paths and content: another one means that something changed. It covers secrets, so it is
/// to be compared, not shown.
/// </param>
internal sealed record ConfigurationSources(IReadOnlyList<string> Paths, string ContentHash);
