namespace JobWatcher.Simulator;

/// <summary>How a server reads <c>offset</c>: the reference says one thing, its users found another.</summary>
public enum PagingMode
{
    /// <summary><c>offset=n</c> is the n-th page of <c>limit</c> jobs; the default 1 is the first page.</summary>
    PageNumber,

    /// <summary><c>offset=n</c> skips n jobs, as the reference describes it.</summary>
    RecordOffset,
}
