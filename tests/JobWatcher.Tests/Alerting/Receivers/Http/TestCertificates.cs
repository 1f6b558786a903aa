using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JobWatcher.Tests.Alerting.Receivers.Http;

/// <summary>Certificates in files of a folder that goes when the test ends.</summary>
internal sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);

    public string Folder { get; } = Directory.CreateTempSubdirectory("jobwatcher-certificates-").FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>A server's certificate for a name, whose own authority it is.</summary>
    public X509Certificate2 ForServer(string name, string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(From, From.AddDays(30));
        File.WriteAllText(PathOf(file), certificate.ExportCertificatePem());
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>A client's certificate and its key.</summary>
    public void WriteClient(string name, string certificateFile, string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(From, From.AddDays(30));
        File.WriteAllText(PathOf(certificateFile), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf(keyFile), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
