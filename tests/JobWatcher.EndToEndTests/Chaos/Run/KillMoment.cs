namespace JobWatcher.EndToEndTests.Chaos.Run;

/// <summary>When in its life a process is brought to its end.</summary>
internal enum KillMoment
{
    /// <summary>While it starts, with the store or its lock open: migration, recovery of the store, take-over.</summary>
    Starting,

    /// <summary>At a random instant of its life.</summary>
    AtRandom,

    /// <summary>Just after a request of a poll came in: before, in and after its commit.</summary>
    AfterRequest,

    /// <summary>As soon as the store's file is seen to change: in a commit, or just after it.</summary>
    Committing,

    /// <summary>Just after it told a transition: before the cursor moves.</summary>
    AfterEvent,

    /// <summary>While it cannot write its output: with steps committed, but not told, for sure.</summary>
    OutputUnread,

    /// <summary>While it stops.</summary>
    Stopping,

    /// <summary>Not at all: it is asked to stop, and does.</summary>
    Stopped,
}
