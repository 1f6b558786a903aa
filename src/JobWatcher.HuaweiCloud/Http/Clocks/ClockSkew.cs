namespace JobWatcher.HuaweiCloud.Http.Clocks;

/// <summary>How far this machine's clock is off the cloud's.</summary>
/// <param name="Endpoint">Scheme, host and port of the endpoint whose answers show it.</param>
/// <param name="Skew">Positive where this machine's clock is ahead.</param>
public readonly record struct ClockSkew(string Endpoint, TimeSpan Skew);
