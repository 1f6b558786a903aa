using JobWatcher.HuaweiCloud.Authentication.Secrets;

namespace JobWatcher.HuaweiCloud.Identity;

/// <summary>A user of the identity service.</summary>
/// <param name="Domain">The account's name.</param>
/// <param name="Name">The user's name.</param>
/// <param name="Password">The user's password.</param>
/// <param name="Scope">The project that the token is for.</param>
public sealed record IamUser(string Domain, string Name, ISecretSource Password, ProjectScope Scope);

/// <summary>A project, by its id where that is known, else by its name, which is the region's.</summary>
/// <param name="Region">The region's name.</param>
/// <param name="ProjectId">The project's id; null where it is not known.</param>
public readonly record struct ProjectScope(string Region, string? ProjectId = null);
