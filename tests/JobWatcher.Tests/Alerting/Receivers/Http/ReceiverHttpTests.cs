using System.Net;
using System.Security.Cryptography.X509Certificates;
using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Configuration.Alerting;
using JobWatcher.Configuration.Credentials;
using JobWatcher.Tests.Polling;
using Microsoft.AspNetCore.Http;

namespace JobWatcher.Tests.Alerting.Receivers.Http;

public sealed class ReceiverHttpTests : IDisposable
{
    private readonly TestCertificates _files = new();
    private readonly SettableTime _time = new(SomeAlert.Noon);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_connects_to_its_address_and_keeps_the_hosts_name()
    {
        await using var server = await LoopbackServer.StartAsync(null, "127.0.0.1", "127.0.0.2");

        await SendAsync($"http://am.invalid:{server.Port}/", ReceiverAccess.Plain, IPAddress.Parse("127.0.0.2"));

        var request = Assert.Single(server.Requests);
        Assert.Equal(("127.0.0.2", $"am.invalid:{server.Port}"), (request.LocalAddress, request.Host));
    }

    [Fact]
    public async Task A_file_of_certificates_is_trusted_for_the_hosts_name_alone()
    {
        using var certificate = _files.ForServer("am.invalid", "ca.pem");
        await using var server = await LoopbackServer.StartAsync(certificate);
        var access = new ReceiverAccess { CaFile = _files.PathOf("ca.pem") };

        var trusted = await SendAsync($"https://am.invalid:{server.Port}/", access, IPAddress.Loopback);
        var misnamed = await SendAsync($"https://other.invalid:{server.Port}/", access, IPAddress.Loopback);
        var unknown = await SendAsync($"https://am.invalid:{server.Port}/", ReceiverAccess.Plain, IPAddress.Loopback);

        Assert.True(trusted.IsAccepted);
        Assert.StartsWith("No TLS connection came about", misnamed.Error, StringComparison.Ordinal);
        Assert.StartsWith("No TLS connection came about", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_certificate_is_shown_and_read_again_when_its_files_change()
    {
        using var certificate = _files.ForServer("am.invalid", "ca.pem");
        await using var server = await LoopbackServer.StartAsync(certificate);
        _files.WriteClient("first", "crt", "key");
        using var client = Client(new ReceiverAccess
        {
            CaFile = _files.PathOf("ca.pem"),
            Certificate = new ClientCertificateConfiguration(_files.PathOf("crt"), _files.PathOf("key")),
        });

        await SendAsync(client, $"https://am.invalid:{server.Port}/");
        _files.WriteClient("second", "crt", "key");
        _time.Advance(TimeSpan.FromSeconds(2));
        await SendAsync(client, $"https://am.invalid:{server.Port}/");
        await File.WriteAllTextAsync(_files.PathOf("key"), "half a key", Token);
        _time.Advance(TimeSpan.FromSeconds(2));
        await SendAsync(client, $"https://am.invalid:{server.Port}/");

        Assert.Equal(["CN=first", "CN=second", "CN=second"], server.Requests.Select(request => request.Certificate));
    }

    [Fact]
    public async Task A_client_certificate_is_shown_with_those_that_its_file_holds_after_it()
    {
        using var certificate = _files.ForServer("am.invalid", "ca.pem");
        await using var server = await LoopbackServer.StartAsync(certificate);
        using var root = _files.WriteClientOfIntermediate("leaf", "crt", "key");
        server.Trusts = (shown, came) => IsMadeUnder(root, shown, came);
        var access = new ReceiverAccess
        {
            CaFile = _files.PathOf("ca.pem"),
            Certificate = new ClientCertificateConfiguration(_files.PathOf("crt"), _files.PathOf("key")),
        };

        var answer = await SendAsync($"https://am.invalid:{server.Port}/", access, IPAddress.Loopback);

        Assert.True(answer.IsAccepted, answer.Error);
        Assert.Equal("CN=leaf", Assert.Single(server.Requests).Certificate);
    }

    [Fact]
    public async Task Credentials_are_read_again_at_once_when_they_are_refused()
    {
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = context =>
        {
            context.Response.StatusCode = context.Request.Headers.Authorization == "Bearer new" ? 200 : 401;
            return Task.CompletedTask;
        };
        await File.WriteAllTextAsync(_files.PathOf("token"), "old\n", Token);
        using var client = Client(new ReceiverAccess { BearerToken = new SecretConfiguration("old", _files.PathOf("token")) });
        await SendAsync(client, $"http://am.invalid:{server.Port}/");
        await File.WriteAllTextAsync(_files.PathOf("token"), "new\n", Token);

        var refused = await SendAsync(client, $"http://am.invalid:{server.Port}/");
        var taken = await SendAsync(client, $"http://am.invalid:{server.Port}/");

        Assert.Equal((401, "It answered 401."), (refused.Status, refused.Error));
        Assert.True(taken.IsAccepted);
    }

    [Fact]
    public async Task Basic_authentication_takes_any_characters()
    {
        await using var server = await LoopbackServer.StartAsync();
        var access = new ReceiverAccess { BasicAuth = new BasicAuthConfiguration("ops", new SecretConfiguration("pä:ss")) };

        await SendAsync($"http://am.invalid:{server.Port}/", access, IPAddress.Loopback);

        Assert.Equal(
            "Basic " + Convert.ToBase64String("ops:pä:ss"u8), Assert.Single(server.Requests).Authorization);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };

        var answer = await SendAsync($"http://am.invalid:{server.Port}/", ReceiverAccess.Plain, IPAddress.Loopback);

        Assert.Equal(302, answer.Status);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("label\u202E is bad", "It answered 400: label\\u202e is bad")]
    [InlineData("Cannot POST /TopSecret/path", "It answered 400.")]
    [InlineData("the key topkey is wrong", "It answered 400.")]
    [InlineData("no hook of TopSecret", "It answered 400.")]
    [InlineData("", "It answered 400.")]
    public async Task What_a_receiver_says_is_told_unless_it_repeats_a_secret(string said, string told)
    {
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = context =>
        {
            context.Response.StatusCode = 400;
            return context.Response.WriteAsync(said);
        };

        var answer = await SendAsync(
            $"http://am.invalid:{server.Port}/topsecret/path?topkey", ReceiverAccess.Plain, IPAddress.Loopback);

        Assert.Equal(told, answer.Error);
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_cut()
    {
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = async context =>
        {
            context.Response.StatusCode = 500;
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(new string('x', 10_000), context.RequestAborted);
            }
        };

        var answer = await SendAsync($"http://am.invalid:{server.Port}/", ReceiverAccess.Plain, IPAddress.Loopback);

        Assert.Equal($"It answered 500: {new string('x', 200)}…", answer.Error);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_is_given_up()
    {
        await using var server = await LoopbackServer.StartAsync();
        var asked = new TaskCompletionSource();
        server.Answer = context =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        var answer = SendAsync($"http://am.invalid:{server.Port}/", ReceiverAccess.Plain, IPAddress.Loopback);
        await asked.Task.WaitAsync(Token);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("There was no answer within 10s.", (await answer).Error);
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_is_told()
    {
        var server = await LoopbackServer.StartAsync();
        await server.DisposeAsync();

        var answer = await SendAsync($"http://am.invalid:{server.Port}/", ReceiverAccess.Plain, IPAddress.Loopback);

        Assert.Equal((null, "It cannot be connected to: ConnectionRefused."), (answer.Status, answer.Error));
    }

    [Fact]
    public void A_proxy_is_used_for_all_but_what_it_is_to_be_left_out_for()
    {
        var http = new ReceiverHttp(_time, new WebProxy(new Uri("http://proxy.invalid:3128"), BypassOnLocal: false, ["^http://am"]));

        Assert.True(http.IsProxied(new Uri("http://other.invalid/")));
        Assert.False(http.IsProxied(new Uri("http://am.invalid/")));
    }

    public void Dispose() => _files.Dispose();

    // As a server judges that knows this authority alone.
    private static bool IsMadeUnder(X509Certificate2 root, X509Certificate2 shown, X509Chain came)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ExtraStore.AddRange(came.ChainPolicy.ExtraStore);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(shown);
    }

    private HttpClient Client(ReceiverAccess access) => new ReceiverHttp(_time).CreateClient(access, IPAddress.Loopback);

    private async Task<ReceiverAnswer> SendAsync(string url, ReceiverAccess access, IPAddress address)
    {
        using var client = new ReceiverHttp(_time).CreateClient(access, address);
        return await SendAsync(client, url);
    }

    private async Task<ReceiverAnswer> SendAsync(HttpClient client, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent("[]") };
        return await ReceiverExchange.SendAsync(client, request, TimeSpan.FromSeconds(10), _time, Token);
    }
}
