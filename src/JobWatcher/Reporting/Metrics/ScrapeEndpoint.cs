using Microsoft.Net.Http.Headers;

namespace JobWatcher.Reporting.Metrics;

/// <summary>
/// Prepares what the exporter collects, and takes in that it was answered. One scrape at a time, so that what was
/// prepared is what is collected.
/// </summary>
internal sealed class ScrapeEndpoint(StateSamples samples, AlertSamples alerts, StateMeter meter, TimeProvider time) : IMiddleware, IDisposable
{
    // OpenMetrics' _created would make Prometheus count durable counters again after a restart.
    private const string ClassicText = "text/plain; version=0.0.4";

    // Prometheus' own default: whoever takes longer has given up.
    private static readonly TimeSpan LongestScrape = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly CarriedSeries _carried = new();

    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Request.Headers[HeaderNames.Accept] = ClassicText;

        await _one.WaitAsync(context.RequestAborted);
        try
        {
            var now = samples.Now();
            meter.Show(now, _carried.ValueOf);
            // A reader that takes the answer drop by drop must not keep the next one waiting.
            await using var limit = time.CreateTimer(_ => context.Abort(), null, LongestScrape, Timeout.InfiniteTimeSpan);
            await next(context);

            if (IsAnswered(context))
            {
                _carried.Carried(now);
                alerts.Carried();
            }
        }
        finally
        {
            _one.Release();
        }
    }

    // The answer to a HEAD request has no body that could carry a series.
    private static bool IsAnswered(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) &&
        context.Response.StatusCode == StatusCodes.Status200OK &&
        !context.RequestAborted.IsCancellationRequested;

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();
}
