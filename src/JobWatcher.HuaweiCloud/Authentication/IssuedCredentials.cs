namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>Credentials that end by themselves.</summary>
/// <param name="Credentials">The credentials.</param>
/// <param name="Lifetime">For how long they are valid from the moment of their arrival, by the issuer's clock.</param>
internal sealed record IssuedCredentials(Credentials Credentials, TimeSpan Lifetime);
