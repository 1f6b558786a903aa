using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JobWatcher.Configuration.Alerting;
using JobWatcher.Text;

namespace JobWatcher.Tests.Configuration.Alerting;

/// <summary>The lines of a receiver begin with line 11.</summary>
public sealed class ReceiverReaderTests : IDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly ConfigurationFolder _folder = new();

    [Theory]
    [InlineData("{ name: am }", "11:7: alerting.receivers[0]: sends nowhere; give alertmanager with urls, or webhook with url and secret")]
    [InlineData("{ alertmanager: { urls: [http://a] } }", "11:7: alerting.receivers[0].name: is missing; give the receiver a name of its own")]
    [InlineData("{ name: a b, alertmanager: { urls: [http://a] } }", "11:15: alerting.receivers[0].name: \"a b\" is not a name; use 1 to 63 letters, digits, dots, underscores and hyphens")]
    [InlineData("{ name: am, alertmanager: { urls: [http://a] }, webhook: { url: http://a, secret: S } }", "11:7: alerting.receivers[0]: has alertmanager and webhook; make two receivers of them")]
    [InlineData("{ name: am, alertmanager: { resendEvery: 2m } }", "11:33: alerting.receivers[0].alertmanager.urls: is missing; give urls, the address of each Alertmanager, or urlsFile with one a line")]
    [InlineData("{ name: am, alertmanager: { urls: http://topsecret } }", "11:41: alerting.receivers[0].alertmanager.urls: must be a list, each item on a line of its own after a dash")]
    [InlineData("{ name: am, alertmanager: { urls: [topsecret] } }", "11:42: alerting.receivers[0].alertmanager.urls[0]: is not an address; write it like https://host/path or http://host:port")]
    [InlineData("{ name: am, alertmanager: { urls: ['ftp://topsecret'] } }", "11:42: alerting.receivers[0].alertmanager.urls[0]: is not an address; write it like https://host/path or http://host:port")]
    [InlineData("{ name: am, alertmanager: { urls: ['http://u:topsecret@a'] } }", "11:42: alerting.receivers[0].alertmanager.urls[0]: holds a user or password; give them as basicAuth")]
    [InlineData("{ name: am, alertmanager: { urls: ['http://a/?topsecret'] } }", "11:42: alerting.receivers[0].alertmanager.urls[0]: has a query or fragment; take it out")]
    [InlineData("{ name: am, alertmanager: { urls: ['http://a/topsecret/api/v2/alerts/'] } }", "11:42: alerting.receivers[0].alertmanager.urls[0]: ends with /api/v2/alerts, which JobWatcher adds itself; take that out")]
    [InlineData("{ name: am, alertmanager: { urls: [http://a/topsecret, http://a/topsecret] } }", "11:62: alerting.receivers[0].alertmanager.urls[1]: names an address of http://a that is there already; take one of them out")]
    [InlineData("{ name: am, alertmanager: { urls: [http://a], urlsFile: urls } }", "11:63: alerting.receivers[0].alertmanager.urlsFile: stands beside urls; keep one of them")]
    [InlineData("{ name: am, alertmanager: { urlsFile: urls } }", "11:45: alerting.receivers[0].alertmanager.urlsFile: has a query or fragment; take it out")]
    [InlineData("{ name: am, alertmanager: { urlsFile: nowhere } }", "11:45: alerting.receivers[0].alertmanager.urlsFile: \"nowhere\" does not exist (looked for at FOLDER/nowhere)")]
    [InlineData("{ name: am, alertmanager: { urls: [http://a], resendEvery: 2h } }", "11:66: alerting.receivers[0].alertmanager.resendEvery: \"2h\" is not between 1s and 1h")]
    [InlineData("{ name: hook, webhook: { secret: S } }", "11:30: alerting.receivers[0].webhook.url: is missing; give url or urlFile")]
    [InlineData("{ name: hook, webhook: { url: http://a } }", "11:30: alerting.receivers[0].webhook.secret: is missing; give secret or secretFile, such as whsec_ and what openssl rand -base64 32 prints")]
    [InlineData("{ name: hook, webhook: { url: http://a, secret: topsecret } }", "11:55: alerting.receivers[0].webhook.secret: is not 24 to 64 bytes in base64 after whsec_; make one with openssl rand -base64 32")]
    [InlineData("{ name: hook, webhook: { url: http://a, secret: whsec_dG9vIHNob3J0 } }", "11:55: alerting.receivers[0].webhook.secret: is not 24 to 64 bytes in base64 after whsec_; make one with openssl rand -base64 32")]
    [InlineData("{ name: hook, webhook: { url: http://a#topsecret, secret: S } }", "11:37: alerting.receivers[0].webhook.url: has a fragment, which is never sent; take it out")]
    [InlineData("{ name: hook, webhook: { url: topsecret, secret: S } }", "11:37: alerting.receivers[0].webhook.url: is not an address; write it like https://host/path or http://host:port")]
    [InlineData("{ name: hook, webhook: { urlFile: token, secret: S } }", "11:41: alerting.receivers[0].webhook.urlFile: is not an address; write it like https://host/path or http://host:port")]
    [InlineData("{ name: hook, webhook: { url: http://a, secret: S }, bearerToken: topsecret }", "11:7: alerting.receivers[0]: would send its bearerToken unencrypted to http://a; use https, or add allowHttp: true to the receiver")]
    [InlineData("{ name: am, alertmanager: { urls: [https://b, http://a/topsecret] }, basicAuth: { user: u, password: topsecret } }", "11:7: alerting.receivers[0]: would send its basicAuth unencrypted to http://a; use https, or add allowHttp: true to the receiver")]
    [InlineData("{ name: am, alertmanager: { urls: [https://a] }, bearerToken: topsecret, basicAuth: { user: u, password: topsecret } }", "11:7: alerting.receivers[0]: has basicAuth and bearerToken; keep one of them")]
    [InlineData("{ name: am, alertmanager: { urls: [https://a] }, basicAuth: { password: topsecret } }", "11:67: alerting.receivers[0].basicAuth.user: is missing; give the user's name")]
    [InlineData("{ name: am, alertmanager: { urls: [https://a] }, basicAuth: { user: u } }", "11:67: alerting.receivers[0].basicAuth.password: is missing; give password or passwordFile")]
    [InlineData("{ name: am, alertmanager: { urls: [https://a] }, basicAuth: { user: 'u:v', password: topsecret } }", "11:75: alerting.receivers[0].basicAuth.user: \"u:v\" holds a colon, which no user's name can in basic authentication")]
    [InlineData("{ name: am, alertmanager: { urls: [https://a] }, caFile: token }", "11:64: alerting.receivers[0].caFile: \"token\" holds no certificate; name a PEM file of certificates (looked for at FOLDER/token)")]
    [InlineData("{ name: am, alertmanager: { urls: [https://a] }, certificateFile: crt }", "11:7: alerting.receivers[0].keyFile: is missing; a client certificate takes both certificateFile and keyFile")]
    [InlineData("{ name: am, alertmanager: { urls: [https://a] }, keyFile: key }", "11:7: alerting.receivers[0].certificateFile: is missing; a client certificate takes both certificateFile and keyFile")]
    [InlineData("{ name: am, alertmanager: { urls: [https://a] }, certificateFile: crt, keyFile: other }", "11:87: alerting.receivers[0].keyFile: \"other\" and certificateFile are not a certificate and its key; name two PEM files that belong together (looked for at FOLDER/other)")]
    [InlineData("{ name: am, alertmanager: { urls: [https://a] }, certificateFile: nowhere, keyFile: key }", "11:73: alerting.receivers[0].certificateFile: \"nowhere\" does not exist (looked for at FOLDER/nowhere)")]
    public void A_faulty_receiver_is_told_without_its_secrets(string receiver, string line)
    {
        _folder.Write("token", "topsecret");
        _folder.Write("urls", "https://a\n\nhttps://a/?topsecret\n");
        WriteCertificate();

        var lines = _folder.FaultsOf(Of(receiver));

        Assert.Equal(["jobwatcher.yaml:" + line], lines);
    }

    [Fact]
    public void Names_are_unique() =>
        Assert.Equal(
            ["jobwatcher.yaml:12:15: alerting.receivers[1].name: \"am\" is already the name of the receiver at jobwatcher.yaml:11:15; names are unique"],
            _folder.FaultsOf(Of("{ name: am, alertmanager: { urls: [http://a] } }") + "    - { name: am, alertmanager: { urls: [http://b] } }\n"));

    [Fact]
    public void An_Alertmanager_has_the_addresses_of_its_list_or_of_the_lines_of_its_file()
    {
        _folder.Write("urls", "http://am-0:9093\r\n\n  https://am-1/prefix/  \n");

        var inline = Read<AlertmanagerConfiguration>("{ name: am, alertmanager: { urls: [http://am-0:9093, https://am-1/prefix/] } }");
        var ofFile = Read<AlertmanagerConfiguration>("{ name: am, alertmanager: { urlsFile: urls, resendEvery: 30s } }");

        Assert.Equal(["http://am-0:9093/", "https://am-1/prefix/"], inline.Urls.Select(url => url.Reveal().AbsoluteUri));
        Assert.Equal(inline.Urls, ofFile.Urls);
        Assert.Equal((Duration.Minutes(1), Duration.Seconds(30)), (inline.ResendEvery, ofFile.ResendEvery));
        Assert.Equal(ReceiverAccess.Plain, inline.Access);
    }

    [Fact]
    public void A_webhook_has_an_address_and_a_secret()
    {
        var webhook = Read<WebhookConfiguration>("{ name: hook, webhook: { url: 'https://h/path?key=topsecret', secret: S } }");

        Assert.Equal("https://h/path?key=topsecret", webhook.Url.Reveal().AbsoluteUri);
        Assert.Equal(Secret, webhook.Secret.Value.Reveal());
    }

    [Fact]
    public void Credentials_travel_unencrypted_on_loopback_and_where_somebody_says_so()
    {
        var loopback = Read<AlertmanagerConfiguration>(
            "{ name: am, alertmanager: { urls: [http://localhost:9093] }, basicAuth: { user: u, password: p w } }");
        var allowed = Read<WebhookConfiguration>(
            "{ name: h, webhook: { url: http://h, secret: S }, bearerToken: t, allowHttp: true }");

        Assert.Equal(("u", "p w"), (loopback.Access.BasicAuth!.User, loopback.Access.BasicAuth.Password.Value.Reveal()));
        Assert.Equal("t", allowed.Access.BearerToken!.Value.Reveal());
    }

    [Fact]
    public void Certificates_are_absolute_paths()
    {
        WriteCertificate();

        var access = Read<AlertmanagerConfiguration>(
            "{ name: am, alertmanager: { urls: [https://a] }, caFile: crt, certificateFile: crt, keyFile: key }").Access;

        Assert.Equal(Path.Combine(_folder.Path, "crt"), access.CaFile);
        Assert.Equal(
            new ClientCertificateConfiguration(Path.Combine(_folder.Path, "crt"), Path.Combine(_folder.Path, "key")),
            access.Certificate);
    }

    [Fact]
    public void Nothing_that_prints_a_receiver_shows_more_of_its_address_than_scheme_and_host()
    {
        var webhook = Read<WebhookConfiguration>("{ name: hook, webhook: { url: 'https://h:8443/topsecret?k=topsecret', secret: S } }");

        Assert.Equal("https://h", webhook.Url.ToString());
        Assert.DoesNotContain("topsecret", webhook.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret[6..], webhook.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_heartbeat_is_called_every_minute()
    {
        _folder.Write("url", "https://h/topsecret\n");

        var heartbeat = _folder.LoadValid(ConfigurationFolder.Valid + "alerting: { heartbeat: { urlFile: url } }").Alerting.Heartbeat!;

        Assert.Equal(("https://h/topsecret", Duration.Minutes(1)), (heartbeat.Url.Reveal().AbsoluteUri, heartbeat.Every));
    }

    [Theory]
    [InlineData("{ every: 5m }", "9:24: alerting.heartbeat.url: is missing; give url or urlFile")]
    [InlineData("{ url: topsecret }", "9:31: alerting.heartbeat.url: is not an address; write it like https://host/path or http://host:port")]
    [InlineData("{ url: https://h/topsecret, every: 2d }", "9:59: alerting.heartbeat.every: \"2d\" is not between 1s and 1d")]
    public void A_faulty_heartbeat_is_told(string heartbeat, string line) =>
        Assert.Equal(
            ["jobwatcher.yaml:" + line],
            _folder.FaultsOf(ConfigurationFolder.Valid + $"alerting: {{ heartbeat: {heartbeat} }}"));

    [Fact]
    public void There_are_no_receivers_unless_somebody_names_them()
    {
        var alerting = _folder.LoadValid(ConfigurationFolder.Valid).Alerting;

        Assert.Empty(alerting.Receivers);
        Assert.Null(alerting.Heartbeat);
    }

    public void Dispose() => _folder.Dispose();

    private static string Of(string receiver) =>
        ConfigurationFolder.Valid + "alerting:\n  receivers:\n    - "
        + receiver.Replace("secret: S ", $"secret: {Secret} ", StringComparison.Ordinal) + "\n";

    private T Read<T>(string receiver) =>
        Assert.IsType<T>(Assert.Single(_folder.LoadValid(Of(receiver)).Alerting.Receivers));

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UnixEpoch.AddYears(60);
        using var certificate = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(now, now.AddYears(1));
        _folder.Write("crt", certificate.ExportCertificatePem());
        _folder.Write("key", key.ExportPkcs8PrivateKeyPem());
        _folder.Write("other", other.ExportPkcs8PrivateKeyPem());
    }
}
