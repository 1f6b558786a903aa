using System.Text;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.Tests.Wire;

namespace JobWatcher.HuaweiCloud.Tests.ImmediateJobs;

/// <summary>What a listing ends with when the cloud does not answer as it should, and how many requests that took.</summary>
public sealed class FaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, CloudFault.Error, 1)]
    [InlineData(401, CloudFault.Unauthorized, 1)]
    [InlineData(403, CloudFault.Forbidden, 1)]
    [InlineData(404, CloudFault.Error, 1)]
    [InlineData(429, CloudFault.Throttled, 3)]
    [InlineData(500, CloudFault.Error, 3)]
    [InlineData(502, CloudFault.Error, 3)]
    [InlineData(503, CloudFault.Error, 3)]
    [InlineData(504, CloudFault.Error, 3)]
    public async Task A_status_is_told_with_what_the_API_says(int status, CloudFault fault, int attempts)
    {
        var exception = await FailAsync(
            WireAnswer.Json("""{"error_code": "DBS.1", "error_msg": "No luck.", "request_id": "r-1"}""", status, "Date: Thu, 24 Dec 2026 14:17:22 GMT"), status, attempts);

        Assert.Equal(fault, exception.Fault);
        Assert.Equal((status, "DBS.1", "r-1"), (exception.HttpStatus, exception.ErrorCode, exception.RequestId));
        Assert.Equal($"ListImmediateJobs was answered with {status} DBS.1: No luck.", exception.Message);
        Assert.Equal(2026, exception.CloudTime?.Year);
    }

    [Fact]
    public async Task The_identity_services_form_of_an_error_is_understood()
    {
        var exception = await FailAsync(
            WireAnswer.Json("""{"error": {"code": 401, "message": "The token has expired", "title": "Unauthorized"}}""", 401, "X-Request-Id: r-2"), 401);

        Assert.Equal(("401", "r-2"), (exception.ErrorCode, exception.RequestId));
        Assert.Contains("The token has expired", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html><h1>502</h1></html>", "HTML or XML")]
    [InlineData("", "an empty body")]
    [InlineData("""{"error_code": 5, "error_msg": ["x"]}""", "5: a JSON object")]
    [InlineData("""{"error_msg": "\ud800"}""", "a JSON object")]
    public async Task An_error_without_the_APIs_words_is_told_by_its_kind(string body, string told) =>
        Assert.Contains(told, (await FailAsync(WireAnswer.Json(body, 502), 502, attempts: 3)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_clouds_words_come_short_and_on_one_line()
    {
        var exception = await FailAsync(
            WireAnswer.Json("""{"error_msg": "a\r\nb\u001b[31m\u202ec""" + new string('x', 5_000) + "\"}", 500), 500, attempts: 3);

        Assert.Contains("ab[31mcxxx", exception.Message, StringComparison.Ordinal);
        Assert.InRange(exception.Message.Length, 300, 400);
        Assert.DoesNotContain(exception.Message, char.IsControl);
    }

    [Fact]
    public async Task A_secret_that_the_server_echoes_is_not_told()
    {
        await using var server = new WireServer(request =>
            WireAnswer.Json($$"""{"error_code": "APIGW.0301", "error_msg": "wrong: {{request.Headers["Authorization"]}} {{request.Headers["X-Security-Token"]}}"}""", 401));
        using var wire = new WireClient(server.Endpoint, new AccessKeyCredentials("AK", "SECRETKEY", "SECURITYTOKEN"));

        var exception = await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        Assert.Contains("Signature=*** ***", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECURITYTOKEN", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests[0].Headers["Authorization"].Split("Signature=")[1], exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(200)]
    public async Task A_token_that_comes_back_as_the_id_of_a_request_is_not_told(int status)
    {
        await using var server = new WireServer(request =>
            WireAnswer.Json("", status, $"X-Request-Id: r {request.Headers["X-Auth-Token"]}"));
        using var wire = new WireClient(server.Endpoint, new TokenCredentials("T0K3N"));

        var exception = await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        Assert.Equal("r ***", exception.RequestId);
    }

    [Fact]
    public async Task A_secret_key_in_the_place_of_the_access_key_is_not_told()
    {
        await using var server = new WireServer(request =>
            WireAnswer.Json($$"""{"error_msg": "unknown: {{request.Headers["Authorization"]}}"}""", 401));
        using var wire = new WireClient(server.Endpoint, new AccessKeyCredentials("SECRETKEY", "ACCESSKEY"));

        var exception = await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        Assert.Contains("Access=***,", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRETKEY", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>Log in</html>", "HTML or XML")]
    [InlineData("", "an empty body")]
    [InlineData("[]", "a JSON array")]
    [InlineData("""{"jobs": [""", "a JSON object that is broken")]
    public async Task A_200_that_is_no_list_is_an_error(string body, string told)
    {
        var exception = await FailAsync(WireAnswer.Json(body), 200);

        Assert.Equal(CloudFault.Error, exception.Fault);
        Assert.Contains($"was answered with 200 and {told}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed() =>
        Assert.Equal(302, (await FailAsync(WireAnswer.Json("", 302, "Location: http://127.0.0.1:1/"), 302)).HttpStatus);

    [Fact]
    public async Task A_body_that_breaks_off_is_unreachable()
    {
        var exception = await FailAsync(WireAnswer.Json("""{"jobs": [], "total_count": 0}""").CutBy(5), 200, attempts: 3);

        Assert.Equal(CloudFault.Unreachable, exception.Fault);
    }

    [Fact]
    public async Task A_connection_that_is_reset_is_unreachable()
    {
        var exception = await FailAsync(new WireAnswer([], WireEnding.Reset), status: null, attempts: 3);

        Assert.Equal(CloudFault.Unreachable, exception.Fault);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_unreachable()
    {
        var server = new WireServer(WireAnswer.Json(""));
        await server.DisposeAsync();
        using var wire = new WireClient(server.Endpoint);

        var exception = await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        Assert.Equal(CloudFault.Unreachable, exception.Fault);
        Assert.Contains("refused", exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Enumerable.Repeat(new ApiCall("ListImmediateJobs", null), 3), wire.Calls);
    }

    [Fact]
    public async Task What_is_no_HTTP_is_an_error()
    {
        var exception = await FailAsync(new WireAnswer([.. "SSH-2.0-OpenSSH_9.2\r\n\r\n"u8]), status: null);

        Assert.Equal(CloudFault.Error, exception.Fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"jobs\": [")]
    public async Task An_attempt_that_takes_too_long_ends_at_its_time_and_is_tried_again(string beginning)
    {
        var time = new SkippingTime(kept: TimeSpan.FromSeconds(10));
        await using var server = new WireServer(_ =>
        {
            ThreadPool.QueueUserWorkItem(_ => time.Clock.Advance(TimeSpan.FromSeconds(10)));
            return new WireAnswer(Encoding.ASCII.GetBytes(beginning), WireEnding.Hang);
        });
        using var wire = new WireClient(server.Endpoint, time: time, timeout: TimeSpan.FromSeconds(10));

        var exception = await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        Assert.Equal(CloudFault.Timeout, exception.Fault);
        Assert.Contains("within 10 s", exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(3, wire.Calls.Count);
    }

    [Fact]
    public async Task A_caller_who_cancels_is_not_told_of_a_timeout()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new WireServer(_ =>
        {
            cancel.Cancel();
            return new WireAnswer([], WireEnding.Hang);
        });
        using var wire = new WireClient(server.Endpoint);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wire.Client.ListAsync(ListingQuery.All, cancel.Token));
    }

    [Fact]
    public async Task A_body_beyond_16_MiB_is_refused_and_one_within_is_read()
    {
        var within = Padded(16 * 1024 * 1024);
        await using var server = new WireServer(request => WireAnswer.Of(request.Parameter("job_name") is null ? within : [.. within, (byte)' ']));
        using var wire = new WireClient(server.Endpoint);

        var listing = await wire.Client.ListAsync(ListingQuery.All, Token);
        var exception = await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(new ListingQuery { JobName = "more" }, Token));

        Assert.True(listing.IsComplete);
        Assert.Contains("more than 16 MiB", exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Padded(int length)
    {
        var body = new byte[length];
        body.AsSpan().Fill((byte)' ');
        """{"jobs": [], "total_count": 0}"""u8.CopyTo(body);
        return body;
    }

    private static async Task<CloudException> FailAsync(WireAnswer answer, int? status, int attempts = 1)
    {
        await using var server = new WireServer(answer);
        using var wire = new WireClient(server.Endpoint);

        var exception = await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        Assert.Equal(attempts, server.Requests.Count);
        Assert.Equal(Enumerable.Repeat(new ApiCall("ListImmediateJobs", status), attempts), wire.Calls);
        return exception;
    }
}
