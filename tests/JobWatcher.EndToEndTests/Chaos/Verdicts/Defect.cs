namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>What can be wrong.</summary>
internal enum DefectKind
{
    /// <summary>A committed poll was shown a status that the log does not have.</summary>
    Lost,

    /// <summary>The log has a step that nothing served explains, or one twice.</summary>
    Invented,

    /// <summary>A job's steps do not follow from each other, or begin in the wrong status.</summary>
    BrokenChain,

    /// <summary>A poll failed though every request of it was answered.</summary>
    UnexplainedFailure,

    /// <summary>The places of a target's log have gaps, or more were given than used.</summary>
    BrokenSequence,

    /// <summary>One identity names two steps.</summary>
    SharedId,

    /// <summary>What was committed when a process ended is not there any more, or is another.</summary>
    Undone,

    /// <summary>A counter differs from what the log adds up to.</summary>
    WrongCounter,

    /// <summary>A scrape differs from the store, or a counter went back.</summary>
    WrongScrape,

    /// <summary>A transition is in the store, but in no process' output.</summary>
    MissingEvent,

    /// <summary>An event tells a transition that the store does not have.</summary>
    UnknownEvent,

    /// <summary>An event differs from the store, or from itself when it is told again.</summary>
    DifferentEvent,

    /// <summary>Events went out in another order than that of the log, or some were passed over.</summary>
    OutOfOrder,

    /// <summary>A line is no JSON, or was cut off by something else than a kill.</summary>
    BrokenLine,

    /// <summary>A process ended by itself, failed to stop, or complained.</summary>
    SickProcess,

    /// <summary>An outage was told with wrong times, out of turn, or not at all.</summary>
    WrongOutage,

    /// <summary>A failure has no alert or more than one, or an alert has no failure.</summary>
    WrongAlert,

    /// <summary>Nobody was told that a job failed.</summary>
    Untold,

    /// <summary>People were told the same more than once.</summary>
    ToldTwice,

    /// <summary>An alert has no end, or nobody was told of it.</summary>
    Hanging,

    /// <summary>People were told of a job that did not fail.</summary>
    FalseAlarm,

    /// <summary>With all faults mended, the watcher did not come to show what the cloud lists.</summary>
    Unsettled,

    /// <summary>The store is damaged, or was left with something to report.</summary>
    SickStore,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Told">What is wrong where, with all that it takes to find out why.</param>
internal sealed record Defect(DefectKind Kind, string Told)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind}: {Told}";
}
