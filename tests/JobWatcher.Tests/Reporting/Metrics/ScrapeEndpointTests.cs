using System.Diagnostics.Metrics;
using JobWatcher.Alerting.Receivers;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Tests.Polling;
using JobWatcher.Tests.Web;
using Microsoft.AspNetCore.Http;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Reporting.Metrics;

/// <summary>Rule R2 of the protocol: which scrapes have carried what they showed.</summary>
[Collection(nameof(ServiceRig))]
public sealed class ScrapeEndpointTests : IAsyncLifetime
{
    private readonly WatchRig _rig = new();
    private readonly StateMeter _meter = new();
    private readonly MeterListener _listener = new();
    private readonly ScrapeEndpoint _endpoint;
    private double _shown;

    public ScrapeEndpointTests()
    {
        var watches = new TargetWatches();
        watches.Replace([_rig.Watch]);
        var options = new MetricsOptions(PerJob: true, 500, 20_000, KnownJobNamesAtZero: false);
        var process = new ProcessSamples(
            _rig.Health, _rig.Shares, new NotificationSamples(new PendingNotifications(), new NotificationCounts()), _rig.Time);
        var alerts = new AlertSamples(_rig.Board, _rig.Time);
        _endpoint = new ScrapeEndpoint(
            new StateSamples(watches, _rig.Reporter, alerts, process, options, _rig.Time), alerts, _meter, _rig.Time);

        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == Families.JobFailures.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, _, _) => _shown = value);
        _listener.Start();
    }

    public async ValueTask InitializeAsync()
    {
        await _rig.BaselineAsync(Running());
        await _rig.PollNextAsync(Job("a", JobStatus.Failed, BeforeNoon, Noon));
    }

    [Fact]
    public async Task A_scrape_that_was_answered_carries()
    {
        Assert.Equal(0, await ScrapeAsync());
        Assert.Equal(1, await ScrapeAsync());
    }

    [Fact]
    public async Task A_scrape_that_was_answered_with_an_error_does_not()
    {
        await ScrapeAsync(context => context.Response.StatusCode = StatusCodes.Status500InternalServerError);

        Assert.Equal(0, await ScrapeAsync());
    }

    [Fact]
    public async Task A_scrape_whose_scraper_went_away_does_not()
    {
        await ScrapeAsync(context => context.RequestAborted = new CancellationToken(canceled: true));

        Assert.Equal(0, await ScrapeAsync());
    }

    [Fact]
    public async Task A_scrape_that_failed_does_not_and_lets_the_next_one_in()
    {
        await Assert.ThrowsAsync<IOException>(() => ScrapeAsync(_ => throw new IOException("The connection broke.")));

        Assert.Equal(0, await ScrapeAsync());
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _endpoint.Dispose();
        _meter.Dispose();
        _rig.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The counter of failures as a scrape shows it, which then ends so.</summary>
    private async Task<double> ScrapeAsync(Action<HttpContext>? end = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = HttpMethods.Get;
        await _endpoint.InvokeAsync(context, _ =>
        {
            _listener.RecordObservableInstruments();
            end?.Invoke(context);
            return Task.CompletedTask;
        });
        return _shown;
    }
}
