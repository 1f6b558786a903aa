using System.Collections.Concurrent;
using JobWatcher.EndToEndTests.Programs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>Somebody's webhook, which records what it gets and may be in trouble.</summary>
internal sealed class RecordingWebhook : IAsyncDisposable
{
    /// <summary>What both sides sign with.</summary>
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<WebhookCall> _calls = new();
    private readonly ConcurrentQueue<WebhookCall> _taken = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _troubles;
    private int _untroubled;

    private RecordingWebhook(WebApplication app, Uri address) => (_app, Address) = (app, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>All that arrived, in order.</summary>
    public IReadOnlyList<WebhookCall> Calls => [.. _calls];

    /// <summary>What it answered that it took, in order.</summary>
    public IReadOnlyList<WebhookCall> Taken => [.. _taken];

    /// <summary>How many these are.</summary>
    public int TakenCount => _taken.Count;

    /// <summary>What becomes of the first calls.</summary>
    public required Func<HttpContext, Task> Trouble { get; init; }

    /// <summary>So many calls are taken; all others wait until they are released.</summary>
    public required int TakesAtFirst { get; init; }

    /// <summary>A section <c>alerting</c> that names it.</summary>
    public string Receiver =>
        $$"""
        alerting:
          receivers: [{ name: hook, webhook: { url: "{{Address}}", secret: {{Secret}} } }]
        """;

    /// <summary>Starts it on a free loopback port.</summary>
    /// <param name="trouble">What becomes of the first calls.</param>
    /// <param name="troubles">How many these are.</param>
    public static Task<RecordingWebhook> StartAsync(Func<HttpContext, Task> trouble, int troubles) =>
        StartAsync(trouble, troubles, takesAtFirst: int.MaxValue);

    /// <summary>Starts one that takes so many calls, and lets all others wait until they are released.</summary>
    public static Task<RecordingWebhook> StartHoldingAsync(int takesAtFirst) =>
        StartAsync(_ => Task.CompletedTask, troubles: 0, takesAtFirst);

    /// <summary>From now on it takes all calls.</summary>
    public void Release() => _released.TrySetResult();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task<RecordingWebhook> StartAsync(Func<HttpContext, Task> trouble, int troubles, int takesAtFirst)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}/hooks/4711");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address.GetLeftPart(UriPartial.Authority));
        var webhook = new RecordingWebhook(builder.Build(), address) { Trouble = trouble, TakesAtFirst = takesAtFirst, _troubles = troubles };
        webhook._app.Run(webhook.TakeAsync);
        await webhook._app.StartAsync();
        return webhook;
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        var call = new WebhookCall(
            headers["webhook-id"].Single()!, headers["webhook-timestamp"].Single()!, headers["webhook-signature"].Single()!,
            body.ToArray(), DateTimeOffset.UtcNow);
        _calls.Enqueue(call);
        if (Interlocked.Decrement(ref _troubles) >= 0)
        {
            await Trouble(context);
            return;
        }

        if (Interlocked.Increment(ref _untroubled) > TakesAtFirst)
        {
            await _released.Task.WaitAsync(context.RequestAborted);
        }

        _taken.Enqueue(call);
    }
}
