namespace JobWatcher.HuaweiCloud.Regions;

/// <summary>A region of the public cloud.</summary>
/// <param name="Name">The vendor's name, such as <c>cn-north-4</c>.</param>
/// <param name="TaurusDbEndpoint">Where TaurusDB answers.</param>
/// <param name="IamEndpoint">Where the identity service answers; null where the vendor lists none.</param>
public sealed record Region(string Name, Uri TaurusDbEndpoint, Uri? IamEndpoint);
