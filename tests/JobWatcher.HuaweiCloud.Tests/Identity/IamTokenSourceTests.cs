using System.Text.Json;
using JobWatcher.HuaweiCloud.Authentication.Secrets;
using JobWatcher.HuaweiCloud.Identity;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.Tests.Wire;

namespace JobWatcher.HuaweiCloud.Tests.Identity;

/// <summary>A user's token over real sockets, from password to listing.</summary>
public sealed class IamTokenSourceTests : IAsyncDisposable
{
    private readonly SkippingTime _time = new(WireClient.RequestTimeout);
    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly IamServer _server;
    private readonly IamTokenSource _source;
    private readonly WireClient _wire;

    public IamTokenSourceTests()
    {
        _server = new IamServer(_time);
        var client = new IdentityClient(
            _http, new IdentityClientOptions { Endpoint = _server.Endpoint, RequestTimeout = WireClient.RequestTimeout }, credentials: null, _time);
        var password = new SecretFile(_folder.Write("password", _server.Password), _time);
        _source = new IamTokenSource(client, new IamUser("acme", "watcher", password, new ProjectScope("cn-north-4")), _time);
        _wire = new WireClient(_server.Endpoint, _source, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _wire.Dispose();
        _http.Dispose();
        _folder.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task One_token_serves_many_requests()
    {
        await ListAsync();
        await ListAsync();

        var request = Assert.Single(_server.TokenRequests);
        Assert.StartsWith("/v3/auth/tokens", request.Target, StringComparison.Ordinal);
        using var body = JsonDocument.Parse(request.Body);
        Assert.Equal(
            """{"identity":{"methods":["password"],"password":{"user":{"name":"watcher","password":"passw0rd-one","domain":{"name":"acme"}}}},"scope":{"project":{"name":"cn-north-4"}}}""",
            body.RootElement.GetProperty("auth").GetRawText());
        Assert.Equal(2, _server.ApiRequests.Count);
    }

    [Fact]
    public async Task A_token_is_renewed_an_hour_before_its_end()
    {
        await ListAsync();
        _time.Clock.Advance(TimeSpan.FromHours(23) - TimeSpan.FromMinutes(1));
        await ListAsync();
        var before = _server.TokenRequests.Count;
        _time.Clock.Advance(TimeSpan.FromMinutes(1));

        await ListAsync();

        Assert.Equal(1, before);
        Assert.Equal(2, _server.TokenRequests.Count);
        Assert.Equal(3, _server.ApiRequests.Count);
    }

    [Fact]
    public async Task A_401_of_the_API_renews_the_token_once_and_fails_no_listing()
    {
        await ListAsync();
        _server.ValidToken = "revoked";

        await ListAsync();

        Assert.Equal(2, _server.TokenRequests.Count);
        Assert.Equal(3, _server.ApiRequests.Count);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task An_API_that_refuses_every_token_is_told_after_one_renewal()
    {
        await using var api = new WireServer(WireAnswer.Json("", 401));
        using var wire = new WireClient(api.Endpoint, _source, _time);

        var exception = await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        Assert.Equal(CloudFault.Unauthorized, exception.Fault);
        Assert.Equal(2, api.Requests.Count);
        Assert.Equal(2, _server.TokenRequests.Count);
    }

    [Fact]
    public async Task However_many_ask_one_token_is_requested()
    {
        var credentials = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => _source.GetAsync(Token).AsTask())));

        Assert.Single(credentials.Distinct());
        Assert.Single(_server.TokenRequests);
    }

    [Fact]
    public async Task A_changed_password_gets_a_new_token()
    {
        await ListAsync();
        _server.Password = "passw0rd-two";
        _folder.Write("password", "passw0rd-two");
        _time.Clock.Advance(TimeSpan.FromSeconds(1));

        await ListAsync();

        Assert.Equal(2, _server.TokenRequests.Count);
        Assert.Contains("passw0rd-two", _server.TokenRequests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_password_is_told_without_it_and_not_sent_again_until_it_changes()
    {
        _server.Password = "passw0rd-two";

        var exception = await Assert.ThrowsAsync<CloudException>(ListAsync);
        await Assert.ThrowsAsync<CloudException>(ListAsync);
        var whileRefused = _server.TokenRequests.Count;
        _folder.Write("password", "passw0rd-two");
        _time.Clock.Advance(TimeSpan.FromSeconds(1));
        await ListAsync();

        Assert.Equal((CloudFault.Unauthorized, 401), (exception.Fault, exception.HttpStatus));
        Assert.Contains("No token for user watcher of acme", exception.Message, StringComparison.Ordinal);
        Assert.Contains("password *** is wrong", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("passw0rd", exception.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, whileRefused);
        Assert.Equal(2, _server.TokenRequests.Count);
        Assert.Single(_server.ApiRequests);
    }

    [Fact]
    public async Task A_refused_password_is_tried_again_after_five_minutes()
    {
        _server.TokenStatus = 401;
        await Assert.ThrowsAsync<CloudException>(ListAsync);
        _server.TokenStatus = 201;
        _time.Clock.Advance(TimeSpan.FromMinutes(5));

        await ListAsync();

        Assert.Equal(2, _server.TokenRequests.Count);
    }

    [Fact]
    public async Task An_identity_service_that_is_down_hurts_nobody_while_the_token_is_valid()
    {
        await ListAsync();
        _server.TokenStatus = 503;
        _time.Clock.Advance(TimeSpan.FromHours(23));

        await ListAsync();
        await ListAsync();
        var tries = _server.TokenRequests.Count;
        _time.Clock.Advance(TimeSpan.FromHours(1));
        var exception = await Assert.ThrowsAsync<CloudException>(ListAsync);

        Assert.Equal(1 + 3, tries);
        Assert.Equal(3, _server.ApiRequests.Count);
        Assert.Equal(503, exception.HttpStatus);
    }

    [Fact]
    public async Task At_what_a_connection_to_the_identity_service_failed_reaches_the_caller()
    {
        var client = new IdentityClient(
            _http, new IdentityClientOptions { Endpoint = await WireServer.ClosedAsync(), RequestTimeout = WireClient.RequestTimeout }, credentials: null, _time);
        var source = new IamTokenSource(client, new IamUser("acme", "watcher", new FixedSecret("pw"), new ProjectScope("r", "id")), _time);

        var exception = await Assert.ThrowsAsync<CloudException>(() => source.GetAsync(Token).AsTask());

        Assert.Equal((CloudFault.Unreachable, HttpRequestError.ConnectionError), (exception.Fault, exception.ConnectionError));
        Assert.StartsWith("No token for user watcher of acme", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_that_no_clock_shows_does_not_end_a_token()
    {
        await using var iam = new WireServer(WireAnswer.Json(
            $$"""{"token": { "expires_at": "{{_time.GetUtcNow().AddHours(1):o}}" } }""", 201,
            "X-Subject-Token: t0k3n", "Date: Fri, 31 Dec 9999 23:59:59 GMT"));
        var client = new IdentityClient(_http, new IdentityClientOptions { Endpoint = iam.Endpoint, RequestTimeout = WireClient.RequestTimeout }, credentials: null, _time);
        var source = new IamTokenSource(client, new IamUser("acme", "watcher", new FixedSecret("pw"), new ProjectScope("r", "id")), _time);

        Assert.NotNull(await source.GetAsync(Token));
    }

    [Fact]
    public async Task An_answer_without_a_token_is_told()
    {
        await using var iam = new WireServer(WireAnswer.Json("{}", 201));
        var client = new IdentityClient(_http, new IdentityClientOptions { Endpoint = iam.Endpoint, RequestTimeout = WireClient.RequestTimeout }, credentials: null, _time);
        var source = new IamTokenSource(client, new IamUser("acme", "watcher", new FixedSecret("pw"), new ProjectScope("r", "id")), _time);

        var exception = await Assert.ThrowsAsync<CloudException>(() => source.GetAsync(Token).AsTask());

        Assert.Contains("no token in X-Subject-Token", exception.Message, StringComparison.Ordinal);
        Assert.Contains("""{"project":{"id":"id"}}""", Assert.Single(iam.Requests).Body, StringComparison.Ordinal);
    }

    private async Task ListAsync() => await _wire.Client.ListAsync(ListingQuery.All, Token);
}
