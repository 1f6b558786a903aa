using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JobWatcher.HuaweiCloud.Http.Handlers;

/// <summary>
/// The certificates of a PEM file, trusted besides the system's. The file is looked at when a connection is made, at most
/// once a second; one that goes bad leaves the last good certificates in force. Thread safe.
/// </summary>
public sealed class TrustedCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly TimeProvider _time;
    private string _text;
    private X509Certificate2Collection _certificates;
    private long _lookedAt;

    /// <summary>Reads the file.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="time">The time between two looks at it.</param>
    /// <exception cref="InvalidDataException">The file cannot be read or holds no certificate; the message says which.</exception>
    public TrustedCertificates(string path, TimeProvider time)
    {
        (_path, _time, _lookedAt) = (path, time, time.GetTimestamp());
        try
        {
            _text = File.ReadAllText(path);
            _certificates = Parse(_text);
        }
        catch (Exception exception) when (IsBad(exception))
        {
            throw new InvalidDataException($"The certificates of {path} cannot be read; name a PEM file of certificates.", exception);
        }
    }

    /// <summary>Decides on a server's certificate that the system may not trust.</summary>
    public bool Accepts(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (errors is SslPolicyErrors.None)
        {
            return true;
        }

        // A wrong name is wrong whoever signed it.
        if (errors is not SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Current());
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        // A private authority seldom serves revocation lists, and an unreachable one would refuse every connection.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in presented?.ChainElements.AsEnumerable() ?? [])
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(leaf);
    }

    private X509Certificate2Collection Current()
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_lookedAt) >= LookEvery)
            {
                _lookedAt = _time.GetTimestamp();
                Look();
            }

            return _certificates;
        }
    }

    private void Look()
    {
        try
        {
            var text = File.ReadAllText(_path);
            if (text != _text)
            {
                (_certificates, _text) = (Parse(text), text);
            }
        }
        catch (Exception exception) when (IsBad(exception))
        {
            // What was good stays in force.
        }
    }

    private static X509Certificate2Collection Parse(string text)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(text);
        return certificates.Count > 0 ? certificates : throw new InvalidDataException("There is no certificate in it.");
    }

    private static bool IsBad(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or CryptographicException or InvalidDataException;
}
