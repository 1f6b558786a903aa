using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace JobWatcher.Tests.Alerting.Receivers.Webhook;

/// <summary>Somebody's endpoint on a loopback port, which records what it gets and answers as a test says.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<HookRequest> _requests = new();
    private readonly ConcurrentQueue<HookRequest> _accepted = new();
    private readonly WebApplication _app;
    private int _inFlight;
    private int _mostInFlight;

    private HookServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single() + "/hooks/9f2c");

    /// <summary>Decides on an answer; by default all is taken.</summary>
    public Func<HookRequest, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>All that arrived, in order.</summary>
    public IReadOnlyList<HookRequest> Requests => [.. _requests];

    /// <summary>What was answered with 2xx, in order.</summary>
    public IReadOnlyList<string> Accepted => [.. _accepted.Select(request => request.Tells)];

    /// <summary>The most requests at one time.</summary>
    public int MostInFlight => Volatile.Read(ref _mostInFlight);

    public static async Task<HookServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new HookServer(app);
        app.Run(server.ServeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Always the same answer.</summary>
    public static Func<HookRequest, HttpContext, Task> With(int status, string body = "", string? retryAfter = null) =>
        (_, context) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = retryAfter;
            return context.Response.WriteAsync(body);
        };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var inFlight = Interlocked.Increment(ref _inFlight);
        InterlockedMax(inFlight);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        var request = new HookRequest(
            headers["webhook-id"].Single()!,
            headers["webhook-timestamp"].Single()!,
            headers["webhook-signature"].Single()!,
            context.Request.ContentType,
            body.ToArray());
        _requests.Enqueue(request);
        try
        {
            await Answer(request, context);
            if (context.Response.StatusCode is >= 200 and < 300 && !context.RequestAborted.IsCancellationRequested)
            {
                _accepted.Enqueue(request);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private void InterlockedMax(int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref _mostInFlight)) < value)
        {
            Interlocked.CompareExchange(ref _mostInFlight, value, seen);
        }
    }
}
