using JobWatcher.Alerting;
using JobWatcher.Background;
using JobWatcher.Hosting;
using JobWatcher.Polling;
using JobWatcher.Polling.Budgets;
using JobWatcher.Polling.Scheduling;
using JobWatcher.Polling.Targets;
using JobWatcher.Reporting;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Storage;
using JobWatcher.Tests.Polling;
using JobWatcher.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace JobWatcher.Tests.Web;

/// <summary>
/// The web server of the service with its real stations, over a rig's watched target. The metrics SDK listens to all
/// meters of the process: tests that use this run while no others do.
/// </summary>
[CollectionDefinition(nameof(ServiceRig), DisableParallelization = true)]
public sealed class ServiceRig : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServiceRig(WebApplication app, WatchRig rig)
    {
        _app = app;
        Rig = rig;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>The watched target.</summary>
    internal WatchRig Rig { get; }

    /// <summary>A client of the service.</summary>
    internal HttpClient Http { get; }

    /// <summary>A part of the service.</summary>
    internal T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Starts the service.</summary>
    /// <param name="options">Which series jobs get; null for the usual ones.</param>
    /// <param name="loop">A background loop of the test's own.</param>
    internal static async Task<ServiceRig> StartAsync(
        MetricsOptions? options = null, Func<PollSchedule, CancellationToken, Task>? loop = null)
    {
        var rig = new WatchRig();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.AddWebServer(new Uri("http://127.0.0.1:0"));
        builder.Services
            .AddLogging()
            .AddSingleton<TimeProvider>(rig.Time)
            .AddSingleton<IWatchStore>(rig.Store)
            .AddSingleton(rig.Health)
            .AddReporting(options ?? new MetricsOptions(true, 500, 20_000, KnownJobNamesAtZero: true), rig.Log.Audit())
            .AddPolling([], WatchRig.Budget)
            .AddAlerting()
            .AddSingleton(rig.Board)
            .AddRetention(new RetentionOptions())
            .AddWatching()
            .AddBackgroundLoop("a loop of a test", loop ?? ((_, stopping) => Task.Delay(Timeout.Infinite, stopping)));
        var app = builder.Build().MapEndpoints();
        await app.StartAsync(WatchRig.Token);

        var service = new ServiceRig(app, rig);
        service.Watch();
        service.Get<EntryShares>().For(rig.Target.Credentials);
        return service;
    }

    /// <summary>The service watches what the rig does now.</summary>
    internal void Watch() => Get<TargetWatches>().Replace([Rig.Watch]);

    /// <summary>Scrapes once.</summary>
    internal async Task<Exposition> ScrapeAsync() =>
        Exposition.Parse(await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), WatchRig.Token));

    /// <summary>Asks for a path.</summary>
    internal async Task<(int Status, string Body)> GetAsync(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), WatchRig.Token);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(WatchRig.Token));
    }

    /// <summary>Stops the service as a signal does.</summary>
    internal Task StopAsync() => _app.StopAsync(WatchRig.Token);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await StopAsync();
        await _app.DisposeAsync();
        Rig.Dispose();
    }
}
