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

    /// <summary>A client's certificate, that of the authority which made it in the same file, and its key.</summary>
    /// <returns>The authority that made the other one.</returns>
    public X509Certificate2 WriteClientOfIntermediate(string name, string certificateFile, string keyFile)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = RequestOf("root", rootKey, isAuthority: true).CreateSelfSigned(From, From.AddDays(30));
        using var middleAlone = RequestOf("middle", middleKey, isAuthority: true).Create(root, From, From.AddDays(30), [1]);
        using var middle = middleAlone.CopyWithPrivateKey(middleKey);
        using var leaf = RequestOf(name, key, isAuthority: false).Create(middle, From, From.AddDays(30), [2]);
        File.WriteAllText(PathOf(certificateFile), $"{leaf.ExportCertificatePem()}\n{middle.ExportCertificatePem()}\n");
        File.WriteAllText(PathOf(keyFile), key.ExportPkcs8PrivateKeyPem());
        return X509CertificateLoader.LoadCertificate(root.RawData);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static CertificateRequest RequestOf(string name, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        return request;
    }
}
