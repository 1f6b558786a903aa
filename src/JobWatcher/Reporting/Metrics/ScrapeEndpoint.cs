using Microsoft.Net.Http.Headers;

namespace JobWatcher.Reporting.Metrics;

/// <summary>
/// Answers a scrape: what comes from state is written here, what was measured is the exporter's, which comes next. State
/// does not go through the metrics SDK, because that keeps a point for each series that it ever saw, and its exporter keeps
/// the instruments of meters that are long disposed. One scrape at a time, so that what was shown is what counts as carried.
/// </summary>
internal sealed class ScrapeEndpoint(StateSamples samples, AlertSamples alerts, TimeProvider time) : IMiddleware, IDisposable
{
    // Half of what Prometheus waits by default: who waits behind a reader that never ends is served in time all the same.
    private static readonly TimeSpan LongestScrape = TimeSpan.FromSeconds(5);

    // Where the one before takes its whole time, it has ended by then.
    private static readonly TimeSpan LongestWait = LongestScrape + TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly CarriedSeries _carried = new();

    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!await TakeTurnAsync(context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        try
        {
            // A reader that takes the answer drop by drop must not keep the next one waiting.
            await using var limit = time.CreateTimer(_ => context.Abort(), null, LongestScrape, Timeout.InfiniteTimeSpan);
            using var measured = await MeasuredAsync(context, next);
            if (context.Response.StatusCode != StatusCodes.Status200OK || context.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            var now = samples.Now();
            await WriteAsync(context, now, measured);
            // The answer to a HEAD request has no body that could carry a series.
            if (HttpMethods.IsGet(context.Request.Method) && !context.RequestAborted.IsCancellationRequested)
            {
                _carried.Carried(now);
                alerts.Carried();
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The scraper has gone; there is nobody to tell.
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<bool> TakeTurnAsync(CancellationToken aborted)
    {
        using var limit = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborted);
        try
        {
            await _one.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The exporter's part, uncompressed: the answer is compressed as a whole.</summary>
    private static async Task<MemoryStream> MeasuredAsync(HttpContext context, RequestDelegate next)
    {
        var measured = new MemoryStream();
        var (headers, encodings, body) = (context.Request.Headers, context.Request.Headers.AcceptEncoding, context.Response.Body);
        // OpenMetrics' _created would make Prometheus count durable counters again after a restart.
        headers.Accept = ClassicText.MediaType;
        headers.Remove(HeaderNames.AcceptEncoding);
        context.Response.Body = measured;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
            headers.AcceptEncoding = encodings;
        }

        return measured;
    }

    private async Task WriteAsync(HttpContext context, IReadOnlyList<Sample> now, MemoryStream measured)
    {
        context.Response.ContentType = ClassicText.ContentType;
        var byFamily = now.ToLookup(sample => sample.Family);
        foreach (var family in MetricFamilies.All.Where(byFamily.Contains))
        {
            ClassicText.Write(context.Response.BodyWriter, family, byFamily[family], _carried.ValueOf);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        await context.Response.BodyWriter.WriteAsync(measured.GetBuffer().AsMemory(0, (int)measured.Length), context.RequestAborted);
    }
}
