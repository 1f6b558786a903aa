namespace JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

/// <summary>One element of a listing's array, whatever it is.</summary>
/// <param name="JobId">Its id; null where it cannot be read.</param>
/// <param name="Job">The job; null where it cannot be read as one.</param>
/// <param name="ContentHash">128 bits of SHA-256 over its text, which tell elements without an id apart.</param>
internal readonly record struct ListedItem(string? JobId, ImmediateJob? Job, UInt128 ContentHash);
