namespace JobWatcher.Alerting.Receivers;

/// <summary>What receivers see of the alerts. Safe for several threads.</summary>
internal interface IAlertsToSend
{
    /// <summary>Those that fire, and those whose end was seen within the last three days, in no order.</summary>
    IReadOnlyCollection<Alert> All { get; }

    /// <summary>
    /// The cloud's time as a target last told it; null where the target is watched but has not been answered yet. For a
    /// target that is not watched any more it is the machine's own time.
    /// </summary>
    DateTimeOffset? CloudNow(string target);

    /// <summary>Calls back after each change from now on, on the thread that made it.</summary>
    void Subscribe(Action changed);

    /// <summary>Calls back no more.</summary>
    void Unsubscribe(Action changed);
}
