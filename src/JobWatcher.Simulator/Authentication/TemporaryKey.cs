namespace JobWatcher.Simulator.Authentication;

/// <summary>A key pair that the metadata service hands out.</summary>
public sealed record TemporaryKey(string AccessKey, string SecretKey, string SecurityToken, DateTimeOffset Expires)
{
    /// <summary>The access key id alone: secrets are not for printing.</summary>
    public override string ToString() => AccessKey;
}
