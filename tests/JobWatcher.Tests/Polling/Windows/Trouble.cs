namespace JobWatcher.Tests.Polling.Windows;

/// <summary>What may become of one poll.</summary>
internal enum Trouble
{
    None,

    /// <summary>The cloud fails at once.</summary>
    ListingFails,

    /// <summary>The cloud fails after the first page, which took its time.</summary>
    ListingFailsLate,

    /// <summary>The cloud fails where one poll needs a second listing.</summary>
    SecondListingFails,

    /// <summary>The store answers nothing.</summary>
    StoreIsDown,

    /// <summary>The store answers, and writes nothing.</summary>
    CommitBreaks,

    /// <summary>The store writes, and fails then.</summary>
    CommitIsLost,

    /// <summary>Another watcher polls and commits first.</summary>
    IsOvertaken,
}
