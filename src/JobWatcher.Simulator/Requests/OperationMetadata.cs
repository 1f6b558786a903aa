namespace JobWatcher.Simulator.Requests;

/// <summary>Tells an endpoint's operation to what runs before it.</summary>
internal sealed record OperationMetadata(ApiOperation Operation)
{
    /// <returns>Null where no API has that path.</returns>
    public static ApiOperation? Of(HttpContext context)
        => context.GetEndpoint()?.Metadata.GetMetadata<OperationMetadata>()?.Operation;
}
