using JobWatcher.Alerts;

namespace JobWatcher.Alerting.Receivers;

/// <summary>What receivers see of the alerts. Safe for several threads.</summary>
internal interface IAlertsToSend
{
    /// <summary>Raised after each change, on the thread that made it.</summary>
    event EventHandler? Changed;

    /// <summary>Those that fire, and those whose end was seen within the last three days and which are needed, in no order.</summary>
    IReadOnlyCollection<Alert> All { get; }

    /// <summary>
    /// The cloud's time as a target last told it; null where the target is watched but has not been answered yet. A target that
    /// is not watched any more has the time by which its alerts were ended: the earliest that other targets tell, or the
    /// machine's own where none does.
    /// </summary>
    DateTimeOffset? CloudNow(string target);

    /// <summary>A receiver says from now on which alerts that ended it still needs; before anybody does, all are kept.</summary>
    void Hold(AlertHolder holder);

    /// <summary>A receiver needs nothing any more.</summary>
    void Release(AlertHolder holder);
}
