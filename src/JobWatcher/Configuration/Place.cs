namespace JobWatcher.Configuration;

/// <summary>Where a part of the configuration stands.</summary>
/// <param name="Source">A file's path, or an environment variable's name.</param>
/// <param name="Line">From 1; 0 for an environment variable or a whole file.</param>
/// <param name="Column">From 1; 0 likewise.</param>
internal sealed record Place(string Source, long Line = 0, long Column = 0)
{
    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? Source : $"{Source}:{Line}:{Column}";
}
