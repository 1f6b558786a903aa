using System.Collections.Concurrent;
using System.Text.Json;
using JobWatcher.EndToEndTests.Programs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>Takes whatever is posted as an Alertmanager would, and tells nobody.</summary>
internal sealed class AlertSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, bool> _jobs = new(StringComparer.Ordinal);

    private AlertSink(WebApplication app, Uri address) => (_app, Address) = (app, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The jobs of all alerts that were posted.</summary>
    public IReadOnlyCollection<string> Jobs => (IReadOnlyCollection<string>)_jobs.Keys;

    /// <summary>Starts it on a free loopback port.</summary>
    public static async Task<AlertSink> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address.AbsoluteUri);
        var sink = new AlertSink(builder.Build(), address);
        sink._app.Run(sink.TakeAsync);
        await sink._app.StartAsync();
        return sink;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var posted = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        foreach (var alert in posted.RootElement.EnumerateArray())
        {
            _jobs[alert.GetProperty("labels").GetProperty("job_id").GetString()!] = true;
        }
    }
}
