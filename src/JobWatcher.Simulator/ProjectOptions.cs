namespace JobWatcher.Simulator;

/// <summary>A project of the simulated cloud, and the server behind its region.</summary>
public sealed record ProjectOptions
{
    /// <summary>The project id of the vendor's own examples.</summary>
    public const string ExampleId = "619d3e78f61b4be68bc5aa0b59edcf7b";

    /// <value>32 lower-case letters and digits. Default: <see cref="ExampleId"/>.</value>
    public string Id { get; init; } = ExampleId;

    /// <value>The region, which is also the project's name in IAM. Default: <c>cn-north-4</c>.</value>
    public string Region { get; init; } = "cn-north-4";

    /// <value>How <c>offset</c> is read. Default: <see cref="PagingMode.PageNumber"/>.</value>
    public PagingMode Paging { get; init; }

    /// <summary>
    /// Makes a record-offset server take its documented default of 1 literally: without <c>offset</c> it skips one job.
    /// </summary>
    /// <value>Default: false. Without meaning for <see cref="PagingMode.PageNumber"/>.</value>
    public bool HideFirstRecord { get; init; }

    /// <value>Whether answers carry <c>action_names</c>, as those of newer servers do. Default: false.</value>
    public bool ActionNames { get; init; }
}
