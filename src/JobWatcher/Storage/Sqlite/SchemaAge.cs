namespace JobWatcher.Storage.Sqlite;

/// <summary>How a store's schema compares with the one that this version writes.</summary>
internal enum SchemaAge
{
    /// <summary>It lacks scripts, which the service runs when it starts.</summary>
    Older,

    /// <summary>It is the same.</summary>
    Current,

    /// <summary>It has seen scripts that this version does not have.</summary>
    Newer,
}
