using System.IO.Compression;
using System.Net;
using System.Text;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Http.Handlers;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.Tests.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JobWatcher.HuaweiCloud.Tests.Http.Handlers;

/// <summary>Whom the client trusts, and by which way it goes.</summary>
public sealed class HttpHandlersTests : IDisposable
{
    private const string Empty = """{"jobs": [], "total_count": 0}""";

    private readonly SkippingTime _time = new(WireClient.RequestTimeout);
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new("Test authority");
    private readonly HttpHandlers _handlers;

    public HttpHandlersTests() => _handlers = new HttpHandlers(_time, new WebProxy());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _handlers.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_server_of_a_private_authority_is_trusted_where_its_file_is_named_and_nowhere_else()
    {
        using var certificate = _authority.Issue();
        await using var server = new WireServer(_ => WireAnswer.Json(Empty), certificate);
        using var trusting = Client(server.Endpoint, _folder.Write("ca.pem", _authority.Pem));
        using var other = Client(server.Endpoint, caFile: null);

        var listing = await trusting.Client.ListAsync(ListingQuery.All, Token);
        var exception = await Assert.ThrowsAsync<CloudException>(() => other.Client.ListAsync(ListingQuery.All, Token));

        Assert.True(listing.IsComplete);
        Assert.Equal(CloudFault.Unreachable, exception.Fault);
        Assert.Contains("certificate", exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Single(server.Requests);
        Assert.Single(other.Calls);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_whoever_signed_it()
    {
        using var certificate = _authority.Issue("other.example");
        await using var server = new WireServer(_ => WireAnswer.Json(Empty), certificate);
        using var wire = Client(server.Endpoint, _folder.Write("ca.pem", _authority.Pem));

        await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_changed_file_of_certificates_is_read_again_and_a_broken_one_changes_nothing()
    {
        using var newer = new TestAuthority("Newer authority");
        using var certificate = newer.Issue();
        await using var server = new WireServer(_ => WireAnswer.Json(Empty), certificate);
        using var wire = Client(server.Endpoint, _folder.Write("ca.pem", _authority.Pem));
        await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        _folder.Write("ca.pem", $"{_authority.Pem}\n{newer.Pem}\n");
        _time.Clock.Advance(TimeSpan.FromSeconds(1));
        await wire.Client.ListAsync(ListingQuery.All, Token);
        _folder.Write("ca.pem", "broken");
        _time.Clock.Advance(TimeSpan.FromSeconds(1));
        await wire.Client.ListAsync(ListingQuery.All, Token);

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no certificate")]
    public void A_file_that_holds_no_certificate_is_refused_by_name(string? text)
    {
        var path = text is null ? _folder.At("none.pem") : _folder.Write("bad.pem", text);

        var exception = Assert.Throws<InvalidDataException>(() => _handlers.CreateClient(path));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_refused_can_be_used_once_it_is_good()
    {
        var path = _folder.At("late.pem");
        Assert.Throws<InvalidDataException>(() => _handlers.CreateClient(path));

        _folder.Write("late.pem", _authority.Pem);

        using var client = _handlers.CreateClient(path);
    }

    [Fact]
    public async Task A_request_goes_through_the_proxy_by_a_tunnel()
    {
        using var certificate = _authority.Issue();
        await using var server = new WireServer(_ => WireAnswer.Json(Empty), certificate);
        await using var proxy = new ConnectProxy();
        using var handlers = new HttpHandlers(_time, new WebProxy(proxy.Address));
        using var wire = Client(server.Endpoint, _folder.Write("ca.pem", _authority.Pem), handlers);

        await wire.Client.ListAsync(ListingQuery.All, Token);

        Assert.Single(server.Requests);
        Assert.Equal([$"CONNECT {server.Endpoint.Authority} HTTP/1.1"], proxy.Tunnels);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_told_without_its_password()
    {
        await using var server = new WireServer(WireAnswer.Json(Empty));
        using var handlers = new HttpHandlers(
            _time, new WebProxy("http://127.0.0.1:1") { Credentials = new NetworkCredential("user", "pr0xy-pass") });
        using var wire = Client(server.Endpoint, caFile: null, handlers);

        var exception = await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        Assert.Equal(CloudFault.Unreachable, exception.Fault);
        Assert.DoesNotContain("pr0xy-pass", exception.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task HTTP_2_is_spoken_where_it_is_offered()
    {
        var protocol = "";
        using var certificate = _authority.Issue();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        await using var app = builder.Build();
        app.Run(context =>
        {
            protocol = context.Request.Protocol;
            return context.Response.WriteAsync(Empty, Token);
        });
        await app.StartAsync(Token);
        using var wire = Client(new Uri(app.Urls.Single()), _folder.Write("ca.pem", _authority.Pem));

        await wire.Client.ListAsync(ListingQuery.All, Token);

        Assert.Equal("HTTP/2", protocol);
    }

    [Fact]
    public async Task A_compressed_body_is_read_within_the_bound_and_refused_beyond_it()
    {
        var within = Encoding.UTF8.GetBytes(Empty.PadRight(16 * 1024 * 1024));
        byte[] beyond = [.. within, (byte)' '];
        await using var server = new WireServer(request => WireAnswer.Of(
            Zip(request.Parameter("job_name") is null ? within : beyond), 200, "Content-Encoding: gzip"));
        using var wire = Client(server.Endpoint, caFile: null);

        var listing = await wire.Client.ListAsync(ListingQuery.All, Token);
        var exception = await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(new ListingQuery { JobName = "more" }, Token));

        Assert.True(listing.IsComplete);
        Assert.Contains("more than 16 MiB", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_body_whose_compression_is_broken_is_an_error()
    {
        await using var server = new WireServer(_ => WireAnswer.Of(Encoding.UTF8.GetBytes(Empty), 200, "Content-Encoding: gzip"));
        using var wire = Client(server.Endpoint, caFile: null);

        var exception = await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        Assert.Equal((CloudFault.Error, 200), (exception.Fault, exception.HttpStatus));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Headers_beyond_their_bound_are_an_error()
    {
        await using var server = new WireServer(_ => WireAnswer.Json(Empty, 200, "X-Long: " + new string('x', 70_000)));
        using var wire = Client(server.Endpoint, caFile: null);

        var exception = await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        Assert.Equal(CloudFault.Error, exception.Fault);
        Assert.Single(server.Requests);
    }

    private static byte[] Zip(byte[] body)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return zipped.ToArray();
    }

    private WireClient Client(Uri endpoint, string? caFile, HttpHandlers? handlers = null) => new(
        endpoint, new FixedCredentials(new TokenCredentials("t0k3n")), _time, http: (handlers ?? _handlers).CreateClient(caFile));
}
