using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JobWatcher.Configuration;

namespace JobWatcher.Alerting.Receivers.Http;

/// <summary>
/// A client certificate of two PEM files, which are looked at when a connection is made, at most once a second. Files that
/// go bad, or that are being replaced one after the other, leave the last good certificate in force. Thread safe.
/// </summary>
internal sealed class ClientCertificate(ClientCertificateConfiguration files, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long? _lookedAt;
    private (string Certificate, string Key) _texts;
    private X509Certificate2? _certificate;

    /// <summary>The certificate of this moment; null where there never was one.</summary>
    public X509Certificate2? Current()
    {
        lock (_lock)
        {
            if (_lookedAt is not { } looked || time.GetElapsedTime(looked) >= LookEvery)
            {
                _lookedAt = time.GetTimestamp();
                Look();
            }

            return _certificate;
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
                (_certificate, _texts) = (X509Certificate2.CreateFromPem(texts.Item1, texts.Item2), texts);
            }
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            // What was good stays in force.
        }
    }
}
