using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JobWatcher.Configuration.Alerting;

namespace JobWatcher.Alerting.Receivers.Http;

/// <summary>
/// A client certificate of two PEM files, which are looked at with each request, at most once a second. Files that go bad, or
/// that are being replaced one after the other, leave the last good certificate in force. Thread safe.
/// </summary>
internal sealed class ClientCertificate(ClientCertificateConfiguration files, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long? _lookedAt;
    private (string Certificate, string Key) _texts;
    private SslStreamCertificateContext? _shown;

    /// <summary>
    /// The certificate of this moment with those that its file holds after it, since a receiver may know no authority but the
    /// first; the same object until the files change. Null where there never was one.
    /// </summary>
    public SslStreamCertificateContext? Current()
    {
        lock (_lock)
        {
            if (_lookedAt is not { } looked || time.GetElapsedTime(looked) >= LookEvery)
            {
                _lookedAt = time.GetTimestamp();
                Look();
            }

            return _shown;
        }
    }

    private void Look()
    {
        try
        {
            var texts = (File.ReadAllText(files.CertificateFile), File.ReadAllText(files.KeyFile));
            if (texts != _texts)
            {
                // The old one stays undisposed: a handshake may still use it.
                (_shown, _texts) = (Read(texts.Item1, texts.Item2), texts);
            }
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            // What was good stays in force.
        }
    }

    private static SslStreamCertificateContext Read(string certificate, string key)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(certificate);
        // The first is the one that the key is of.
        return SslStreamCertificateContext.Create(
            X509Certificate2.CreateFromPem(certificate, key), [.. all.Skip(1)], offline: true);
    }
}
