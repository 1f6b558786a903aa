using System.Text;
using JobWatcher.Alerting.Receivers;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Targets;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Tests.Polling;
using JobWatcher.Tests.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Reporting.Metrics;

/// <summary>Rule R2 of the protocol: which scrapes have carried what they showed.</summary>
[Collection(nameof(ServiceRig))]
public sealed class ScrapeEndpointTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly WatchRig _rig = new();
    private readonly List<CancellationTokenSource> _aborts = [];
    private readonly ScrapeEndpoint _endpoint;

    public ScrapeEndpointTests()
    {
        var watches = new TargetWatches();
        watches.Replace([_rig.Watch]);
        var options = new MetricsOptions(PerJob: true, 500, 20_000, KnownJobNamesAtZero: false);
        var process = new ProcessSamples(
            _rig.Health, _rig.Shares, new NotificationSamples(new PendingNotifications(), new NotificationCounts()), _rig.Time);
        var alerts = new AlertSamples(_rig.Board, _rig.Time);
        _endpoint = new ScrapeEndpoint(
            new StateSamples(watches, _rig.Reporter, alerts, process, options, _rig.Time), alerts, _rig.Time);
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
        await ScrapeAsync(measure: context => context.Response.StatusCode = StatusCodes.Status500InternalServerError);

        Assert.Equal(0, await ScrapeAsync());
    }

    [Fact]
    public async Task A_scrape_whose_scraper_went_away_does_not()
    {
        await ScrapeAsync(measure: context => context.RequestAborted = new CancellationToken(canceled: true));

        Assert.Equal(0, await ScrapeAsync());
    }

    [Fact]
    public async Task A_scrape_whose_scraper_goes_away_while_it_is_written_does_not()
    {
        await ScrapeAsync(write: context => context.RequestAborted = new CancellationToken(canceled: true));

        Assert.Equal(0, await ScrapeAsync());
    }

    [Fact]
    public async Task A_scrape_that_failed_does_not_and_lets_the_next_one_in()
    {
        await Assert.ThrowsAsync<IOException>(() => ScrapeAsync(measure: _ => throw new IOException("The connection broke.")));
        await Assert.ThrowsAsync<IOException>(() => ScrapeAsync(write: _ => throw new IOException("The connection broke.")));

        Assert.Equal(0, await ScrapeAsync());
    }

    [Fact]
    public async Task A_scrape_that_waits_too_long_for_another_is_refused_and_carries_nothing()
    {
        var unread = new TaskCompletionSource();
        var first = StartAsync(_ => unread.Task);
        var second = StartAsync(_ => Task.CompletedTask);

        _rig.Time.Advance(TimeSpan.FromSeconds(5.9));
        Assert.False(second.Ended.IsCompleted);
        _rig.Time.Advance(TimeSpan.FromSeconds(0.2));
        await second.Ended.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        unread.SetException(new IOException("The connection broke."));
        await Assert.ThrowsAsync<IOException>(() => first.Ended);

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, second.Context.Response.StatusCode);
        Assert.Equal(0, await ScrapeAsync());
    }

    [Fact]
    public async Task A_reader_that_takes_five_seconds_is_cut_off_and_lets_the_next_one_in()
    {
        var first = StartAsync(aborted => Task.Delay(Timeout.Infinite, aborted));
        var second = StartAsync(_ => Task.CompletedTask);

        _rig.Time.Advance(TimeSpan.FromSeconds(5));
        await Task.WhenAll(first.Ended, second.Ended).WaitAsync(Deadline, TestContext.Current.CancellationToken);

        Assert.True(first.Context.RequestAborted.IsCancellationRequested);
        Assert.Equal(StatusCodes.Status200OK, second.Context.Response.StatusCode);
    }

    [Fact]
    public async Task A_scrape_that_keeps_nobody_waiting_has_a_minute()
    {
        var large = new TaskCompletionSource();
        var slow = StartAsync(_ => large.Task);
        _rig.Time.Advance(TimeSpan.FromSeconds(59));
        large.SetResult();
        await slow.Ended.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.False(slow.Context.RequestAborted.IsCancellationRequested);
        Assert.Equal(1, await ScrapeAsync());

        var unread = StartAsync(aborted => Task.Delay(Timeout.Infinite, aborted));
        _rig.Time.Advance(TimeSpan.FromMinutes(1));

        await unread.Ended.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.True(unread.Context.RequestAborted.IsCancellationRequested);
    }

    [Fact]
    public async Task What_was_measured_follows()
    {
        var scrape = await ReadAsync(context => context.Response.Body.Write("measured 1\n"u8));

        Assert.Equal("measured{}", scrape.Values.Keys.Last());
    }

    public ValueTask DisposeAsync()
    {
        _endpoint.Dispose();
        _aborts.ForEach(abort => abort.Dispose());
        _rig.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The counter of failures as a scrape shows it.</summary>
    private async Task<double> ScrapeAsync(Action<HttpContext>? measure = null, Action<HttpContext>? write = null)
    {
        var scrape = await ReadAsync(measure, write);
        return scrape.Of(MetricFamilies.JobFailures.Name).Sum(series => scrape[series]);
    }

    /// <summary>Scrapes once.</summary>
    /// <param name="measure">What happens where the exporter writes its part.</param>
    /// <param name="write">What happens when the answer is written.</param>
    private async Task<Exposition> ReadAsync(Action<HttpContext>? measure, Action<HttpContext>? write = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = HttpMethods.Get;
        using var body = new WatchedBody(() => write?.Invoke(context));
        context.Response.Body = body;
        await _endpoint.InvokeAsync(context, _ =>
        {
            measure?.Invoke(context);
            return Task.CompletedTask;
        });
        return Exposition.Parse(Encoding.UTF8.GetString(body.ToArray()));
    }

    /// <summary>Starts a scrape.</summary>
    /// <param name="read">Ends when its reader has taken the answer in.</param>
    private (Task Ended, HttpContext Context) StartAsync(Func<CancellationToken, Task> read)
    {
        var context = new DefaultHttpContext();
        _aborts.Add(new CancellationTokenSource());
        context.Features.Set<IHttpRequestLifetimeFeature>(new Connection(_aborts[^1]));
        context.Request.Method = HttpMethods.Get;
        context.Response.Body = new SlowBody(read);
        return (_endpoint.InvokeAsync(context, _ => Task.CompletedTask), context);
    }

    private sealed class Connection(CancellationTokenSource aborted) : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted
        {
            get => aborted.Token;
            set => throw new NotSupportedException();
        }

        public void Abort() => aborted.Cancel();
    }

    private sealed class SlowBody(Func<CancellationToken, Task> read) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            await read(cancellationToken);
    }

    private sealed class WatchedBody(Action written) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            written();
            return base.WriteAsync(buffer, CancellationToken.None);
        }
    }
}
