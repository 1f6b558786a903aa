using JobWatcher.Configuration.Credentials;

namespace JobWatcher.Planning;

/// <summary>A target with what its client needs.</summary>
internal sealed record PlannedTarget
{
    /// <summary>The target; without a project where that has to be looked up.</summary>
    public required WatchedTarget Target { get; init; }

    /// <summary>Whom to be.</summary>
    public required CredentialsConfiguration Credentials { get; init; }

    /// <summary>Where the identity service answers; null where nothing needs it.</summary>
    public Uri? IamEndpoint { get; init; }

    /// <summary>The absolute path of a PEM file with certificates to trust besides the system's; null for none.</summary>
    public string? CaFile { get; init; }

    /// <summary>How long one attempt of one request may take.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The language of the API's messages.</summary>
    public string Language { get; init; } = "en-us";
}
