using JobWatcher.Configuration.Credentials;

namespace JobWatcher.Configuration.Alerting;

/// <summary>How a receiver is spoken to. Proxies come from <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c> and <c>NO_PROXY</c>.</summary>
internal sealed record ReceiverAccess
{
    /// <summary>A plain request over TLS that the system trusts.</summary>
    public static readonly ReceiverAccess Plain = new();

    /// <summary>A user and a password; null for none.</summary>
    public BasicAuthConfiguration? BasicAuth { get; init; }

    /// <summary>A token for the header <c>Authorization</c>; null for none.</summary>
    public SecretConfiguration? BearerToken { get; init; }

    /// <summary>The absolute path of a PEM file with certificates to trust besides the system's; null for none.</summary>
    public string? CaFile { get; init; }

    /// <summary>What the client shows of itself; null for nothing.</summary>
    public ClientCertificateConfiguration? Certificate { get; init; }

    /// <summary>Whether requests carry something that must not be overheard.</summary>
    public bool HasCredentials => BasicAuth is not null || BearerToken is not null;
}

/// <summary>Basic authentication.</summary>
internal sealed record BasicAuthConfiguration(string User, SecretConfiguration Password);

/// <summary>A client certificate: the absolute paths of its two PEM files.</summary>
internal sealed record ClientCertificateConfiguration(string CertificateFile, string KeyFile);
