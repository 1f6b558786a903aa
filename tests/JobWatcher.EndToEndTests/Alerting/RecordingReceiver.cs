using System.Collections.Concurrent;
using System.Text.Json;
using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>Takes in what a person would have got: the receiver behind an Alertmanager.</summary>
internal sealed class RecordingReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Notification> _notifications = new();

    private RecordingReceiver(WebApplication app, Uri address) => (_app, Address) = (app, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>All notifications so far, in order.</summary>
    public IReadOnlyList<Notification> All => [.. _notifications];

    /// <summary>Starts it on a free loopback port.</summary>
    public static async Task<RecordingReceiver> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address.AbsoluteUri);
        var receiver = new RecordingReceiver(builder.Build(), address);
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>What was told of a job, in order, such as <c>firing</c> and <c>resolved</c>.</summary>
    public IReadOnlyList<string> Of(string job) =>
        [.. All.Where(notification => notification.Job == job).Select(notification => notification.Status)];

    /// <summary>Waits until of a job just this was told.</summary>
    public Task TellsAsync(string job, params string[] statuses) => Eventually.SeesAsync(() =>
    {
        Assert.Equal(statuses, Of(job));
        return Task.CompletedTask;
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var call = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        foreach (var notification in Notification.ReadAll(call.RootElement))
        {
            _notifications.Enqueue(notification);
        }
    }
}
