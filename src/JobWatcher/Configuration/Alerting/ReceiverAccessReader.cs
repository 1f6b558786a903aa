using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JobWatcher.Configuration.Reading;

namespace JobWatcher.Configuration.Alerting;

/// <summary>Reads how receivers are spoken to.</summary>
internal sealed class ReceiverAccessReader
{
    private readonly CertificateFiles _certificates = new();

    /// <summary>Reads the keys of one receiver that say so.</summary>
    public ReceiverAccess Read(MappingReader entry)
    {
        var basicAuth = entry.Section("basicAuth", section => ReadBasicAuth(section, entry.Has("basicAuth")));
        var bearerToken = entry.Secret("bearerToken");
        if (entry.Has("basicAuth") && entry.HasSecret("bearerToken"))
        {
            entry.Fault("has basicAuth and bearerToken; keep one of them");
        }

        return new ReceiverAccess
        {
            BasicAuth = basicAuth,
            BearerToken = bearerToken,
            CaFile = _certificates.Read(entry),
            Certificate = ReadCertificate(entry),
        };
    }

    private static BasicAuthConfiguration? ReadBasicAuth(MappingReader section, bool isGiven)
    {
        var hasPassword = section.HasSecret("password");
        var user = isGiven
            ? section.RequiredText("user", "give the user's name", UserProblem)
            : section.Text("user");
        if (isGiven && !hasPassword)
        {
            section.Fault("password", "is missing; give password or passwordFile");
        }

        return section.Password("password") is { } password && user is not null
            ? new BasicAuthConfiguration(user, password)
            : null;
    }

    // RFC 7617: what follows the first colon is the password.
    private static string? UserProblem(string user) =>
        user.Contains(':', StringComparison.Ordinal) ? "holds a colon, which no user's name can in basic authentication" : null;

    private static ClientCertificateConfiguration? ReadCertificate(MappingReader entry)
    {
        var (certificateFile, keyFile) = (entry.FilePath("certificateFile"), entry.FilePath("keyFile"));
        if (certificateFile is null && keyFile is null)
        {
            return null;
        }

        if (certificateFile is null || keyFile is null)
        {
            var missing = keyFile is null ? "keyFile" : "certificateFile";
            entry.Fault(missing, "is missing; a client certificate takes both certificateFile and keyFile");
            return null;
        }

        var certificate = ReadPem(entry, "certificateFile", certificateFile);
        var key = ReadPem(entry, "keyFile", keyFile);
        if (certificate is not null && key is not null && !IsPair(certificate, key))
        {
            entry.Fault(
                "keyFile",
                $"and certificateFile are not a certificate and its key; name two PEM files that belong together (looked for at {keyFile})",
                entry.Text("keyFile"));
        }

        return new ClientCertificateConfiguration(certificateFile, keyFile);
    }

    private static string? ReadPem(MappingReader entry, string key, string file)
    {
        if (entry.Session.Files.TryRead(file, ConfigurationLoader.MostFileBytes, out var text) is not { } problem)
        {
            return text;
        }

        entry.Fault(key, $"{problem} (looked for at {file})", entry.Text(key));
        return null;
    }

    private static bool IsPair(string certificate, string key)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPem(certificate, key);
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
