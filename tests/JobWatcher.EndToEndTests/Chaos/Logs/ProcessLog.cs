using JobWatcher.EndToEndTests.Chaos.Run;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Chaos.Logs;

/// <summary>The life of one process of the watcher, and what it wrote.</summary>
internal sealed record ProcessLog
{
    /// <summary>The exit code after SIGKILL.</summary>
    public const int Killed = 128 + 9;

    /// <summary>1 for the first one.</summary>
    public required int Number { get; init; }

    /// <summary>What it signed with, by which the cloud knows it.</summary>
    public required string AccessKey { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When its end was seen.</summary>
    public required DateTimeOffset Ended { get; init; }

    /// <summary>How it was brought to its end, for people.</summary>
    public required string End { get; init; }

    /// <summary>The moment that its end was meant for; null where it was to live until it had shown something.</summary>
    public KillMoment? Moment { get; init; }

    /// <summary>Whether its end met that moment: what the moment waits for was seen, and nothing else ended the process before.</summary>
    public bool IsMomentMet { get; init; }

    /// <summary>Whether it was asked to stop, at last or before it was killed.</summary>
    public required bool WasAskedToStop { get; init; }

    /// <summary>Its exit code.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Whether SIGKILL ended it.</summary>
    public bool IsKilled => ExitCode == Killed;

    /// <summary>Whether it ended by itself, or otherwise than it was asked to.</summary>
    public bool HasFailed => !IsKilled && !(WasAskedToStop && ExitCode == 0);

    /// <summary>All that it wrote to standard output.</summary>
    public required string Output { get; init; }

    /// <summary>All that it wrote to standard error.</summary>
    public string Error { get; init; } = "";

    /// <summary>The lines that were written to their end.</summary>
    public IReadOnlyList<string> Lines => [.. Output.Split('\n')[..^1]];

    /// <summary>What follows the last line's end.</summary>
    public string CutLine => Output.Split('\n')[^1];

    /// <summary>The events of its whole lines.</summary>
    /// <exception cref="InvalidDataException">A line is no JSON.</exception>
    public IReadOnlyList<LogEvent> ReadEvents() => LogEvent.ReadAll(Lines);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"process {Number} ({Started:HH:mm:ss.fff} to {Ended:HH:mm:ss.fff}, {End})");
}
