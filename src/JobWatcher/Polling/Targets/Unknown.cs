using JobWatcher.Polling.Clocks;

namespace JobWatcher.Polling.Targets;

/// <summary>Rule R4 of the protocol: when a target's state is unknown, so that no gauge tells an old state as a new one.</summary>
internal static class Unknown
{
    /// <summary>Whether the target's state is unknown now.</summary>
    /// <param name="state">What is known of the target.</param>
    /// <param name="unknownAfter">How long polls may fail before the state is unknown.</param>
    /// <param name="waited">How long the target's polls have waited for our own limits, which does not count.</param>
    /// <param name="time">The clock.</param>
    public static bool Holds(TargetState state, TimeSpan unknownAfter, TimeSpan waited, TimeProvider time) =>
        FailsFor(state.Failing, unknownAfter, waited - state.FailingWaited, time) ||
        time.GetElapsedTime(state.AnsweredTimestamp) - (waited - state.AnsweredWaited) >= unknownAfter;

    /// <summary>Whether polls have failed at the cloud for so long, not counting what they waited for our own limits.</summary>
    public static bool FailsFor(OutageClock? outage, TimeSpan unknownAfter, TimeSpan waited, TimeProvider time) =>
        outage is not null && outage.Lasted(time) - waited >= unknownAfter;
}
