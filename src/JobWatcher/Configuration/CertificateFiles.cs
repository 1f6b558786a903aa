using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JobWatcher.Configuration.Reading;

namespace JobWatcher.Configuration;

/// <summary>Looks whether files hold certificates to trust; each is read once, however many targets name it.</summary>
internal sealed class CertificateFiles
{
    private readonly Dictionary<string, string?> _problems = new(StringComparer.Ordinal);

    /// <summary>The absolute path under a mapping's key <c>caFile</c>; null where it is left out or, with its fault told, faulty.</summary>
    public string? Read(MappingReader mapping)
    {
        if (mapping.FilePath("caFile") is not { } file)
        {
            return null;
        }

        if (Problem(mapping.Session.Files, file) is not { } problem)
        {
            return file;
        }

        mapping.Fault("caFile", $"{problem} (looked for at {file})", mapping.Text("caFile"));
        return null;
    }

    private string? Problem(SourceFiles files, string path)
    {
        if (!_problems.TryGetValue(path, out var problem))
        {
            problem = files.TryRead(path, ConfigurationLoader.MostFileBytes, out var text) ?? Problem(text);
            _problems.Add(path, problem);
        }

        return problem;
    }

    private static string? Problem(string text)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(text);
            return certificates.Count > 0 ? null : "holds no certificate; name a PEM file of certificates";
        }
        catch (CryptographicException)
        {
            return "holds a certificate that is broken; copy it anew";
        }
        finally
        {
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }
}
