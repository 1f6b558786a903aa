using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Chaos.Logs;

/// <summary>A process with the events that it wrote, read once.</summary>
internal sealed record ProcessEvents(ProcessLog Process, IReadOnlyList<LogEvent> Events)
{
    /// <summary>The event that tells the start of an alert.</summary>
    public const string AlertFires = "AlertFiring";

    /// <summary>The event that tells its end.</summary>
    public const string AlertIsOver = "AlertResolved";

    private static readonly string[] OfTransitions = ["JobAppeared", "JobStatusChanged", "JobVanished"];

    /// <summary>The events that tell transitions.</summary>
    public IEnumerable<LogEvent> Transitions => Events.Where(logged => OfTransitions.Contains(logged.Name, StringComparer.Ordinal));

    /// <summary>The events that tell that an alert fires, or that it is over.</summary>
    public IEnumerable<LogEvent> Alerts => Events.Where(logged => logged.Name is AlertFires or AlertIsOver);

    /// <summary>The polls of a target that this process says it ended.</summary>
    public IEnumerable<EndedPoll> PollsOf(string target) => Events
        .Where(logged => logged.Name == "PollEnded" && logged.Text("Target") == target)
        .Select(logged => new EndedPoll(logged.Time("@t")!.Value, logged.Text("Outcome")!, logged.Number("Seconds")!.Value));
}

/// <summary>A poll of which the process said that it ended.</summary>
/// <param name="Ended">When it said so, after the commit.</param>
/// <param name="Outcome">The outcome's label.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record EndedPoll(DateTimeOffset Ended, string Outcome, double Seconds)
{
    /// <summary>Whether what it saw is committed.</summary>
    public bool IsTaken => Outcome is "success" or "incomplete";
}
