using System.Text;
using System.Text.Json.Nodes;
using JobWatcher.EndToEndTests.Programs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>Stands in front of an Alertmanager and makes it look troubled to whoever posts.</summary>
internal sealed class TroubledFront : IAsyncDisposable
{
    private static readonly string[] Times = ["startsAt", "endsAt"];

    private readonly WebApplication _app;
    private readonly HttpClient _behind;
    private int _troubled;

    private TroubledFront(WebApplication app, Uri address, Uri behind) =>
        (_app, Address, _behind) = (app, address, new HttpClient { BaseAddress = behind });

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>What becomes of requests; null where they go on to the Alertmanager.</summary>
    public Func<HttpContext, Task>? Trouble { get; set; }

    /// <summary>How many requests were troubled.</summary>
    public int Troubled => Volatile.Read(ref _troubled);

    /// <summary>
    /// How far the Alertmanager's clock seems ahead of the machine's. It compares the times of posts with its own, so that
    /// one whose clock is ahead does as one whose clock is right and whose posts tell earlier times. Its programs take the
    /// time from the kernel without the C library, which leaves no other way to set it.
    /// </summary>
    public TimeSpan ClockAhead { get; init; }

    /// <summary>Starts it on a free loopback port.</summary>
    public static async Task<TroubledFront> StartAsync(RealAlertmanager behind, TimeSpan clockAhead = default)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address.AbsoluteUri);
        var front = new TroubledFront(builder.Build(), address, behind.Address) { ClockAhead = clockAhead };
        front._app.Run(front.ServeAsync);
        await front._app.StartAsync();
        return front;
    }

    /// <summary>Answers with this status, whatever comes.</summary>
    public static Func<HttpContext, Task> Answering(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Never answers.</summary>
    public static Task HangAsync(HttpContext context) => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _behind.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (Trouble is { } trouble)
        {
            Interlocked.Increment(ref _troubled);
            await trouble(context);
            return;
        }

        var alerts = (await JsonNode.ParseAsync(context.Request.Body))!.AsArray();
        foreach (var alert in alerts)
        {
            foreach (var time in Times)
            {
                alert![time] = alert[time]!.GetValue<DateTimeOffset>() - ClockAhead;
            }
        }

        using var content = new StringContent(alerts.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _behind.PostAsync(new Uri(context.Request.Path.Value!.TrimStart('/'), UriKind.Relative), content);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.Headers.Date = (DateTimeOffset.UtcNow + ClockAhead).ToString("R");
    }
}
