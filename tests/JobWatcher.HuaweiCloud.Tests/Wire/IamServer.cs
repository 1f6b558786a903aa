using System.Globalization;
using System.Text.Json;

namespace JobWatcher.HuaweiCloud.Tests.Wire;

/// <summary>An identity service and an API in one: it issues tokens for a password and answers to the last one only.</summary>
internal sealed class IamServer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly WireServer _server;
    private int _issued;

    public IamServer(TimeProvider time)
    {
        _time = time;
        _server = new WireServer(Answer);
    }

    public string Password { get; set; } = "passw0rd-one";

    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(24);

    public string? ValidToken { get; set; }

    public int TokenStatus { get; set; } = 201;

    public Uri Endpoint => _server.Endpoint;

    public IReadOnlyList<WireRequest> TokenRequests => [.. _server.Requests.Where(request => request.Method is "POST")];

    public IReadOnlyList<WireRequest> ApiRequests => [.. _server.Requests.Where(request => request.Method is "GET")];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private WireAnswer Answer(WireRequest request)
    {
        lock (_lock)
        {
            return request.Method is "POST" ? Issue(request) : List(request);
        }
    }

    private WireAnswer List(WireRequest request) => request.Headers["X-Auth-Token"] == ValidToken
        ? WireAnswer.Json("""{"jobs": [], "total_count": 0}""")
        : WireAnswer.Json("""{"error_code": "APIGW.0301", "error_msg": "Incorrect IAM authentication information"}""", 401);

    private WireAnswer Issue(WireRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        var password = body.RootElement.GetProperty("auth").GetProperty("identity").GetProperty("password")
            .GetProperty("user").GetProperty("password").GetString();
        if (TokenStatus != 201 || password != Password)
        {
            return WireAnswer.Json(
                $$"""{"error": {"code": 401, "message": "The username or password {{password}} is wrong.", "title": "Unauthorized"} }""",
                TokenStatus is 201 ? 401 : TokenStatus);
        }

        ValidToken = $"t0k3n-{++_issued}";
        var now = _time.GetUtcNow();
        var end = (now + Lifetime).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        return WireAnswer.Json(
            $$"""{"token": { "expires_at": "{{end}}" } }""",
            201, $"X-Subject-Token: {ValidToken}", $"Date: {now.ToString("R", CultureInfo.InvariantCulture)}");
    }
}
