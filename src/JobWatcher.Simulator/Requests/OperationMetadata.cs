namespace JobWatcher.Simulator.Requests;

/// <summary>Tells an endpoint's operation to what runs before it.</summary>
internal sealed record OperationMetadata(ApiOperation Operation);
