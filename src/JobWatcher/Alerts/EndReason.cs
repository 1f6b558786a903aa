namespace JobWatcher.Alerts;

/// <summary>Why an alert ended, as the public contract spells it.</summary>
/// <param name="Value">The spelling, compared ordinally.</param>
internal readonly record struct EndReason(string Value)
{
    /// <summary>A later job of that name completed on that instance.</summary>
    public static readonly EndReason Completed = new("completed");

    /// <summary>The instance was deleted.</summary>
    public static readonly EndReason Deleted = new("deleted");

    /// <summary>It fired for as long as its rule lets it.</summary>
    public static readonly EndReason Expired = new("expired");

    /// <summary>The job is in another status than the one that fired it.</summary>
    public static readonly EndReason StatusChanged = new("statusChanged");

    /// <summary>The job is not listed any more.</summary>
    public static readonly EndReason Vanished = new("vanished");

    /// <summary>The target answers again.</summary>
    public static readonly EndReason Recovered = new("recovered");

    /// <summary>Its target or rule is not configured any more.</summary>
    public static readonly EndReason Removed = new("removed");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
