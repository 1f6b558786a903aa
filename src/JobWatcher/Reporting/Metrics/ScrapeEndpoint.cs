using Microsoft.Net.Http.Headers;

namespace JobWatcher.Reporting.Metrics;

/// <summary>
/// Answers a scrape: what comes from state is written here, what was measured is the exporter's, which comes next. State
/// does not go through the metrics SDK, because that keeps a point for each series that it ever saw, and its exporter keeps
/// the instruments of meters that are long disposed. One scrape at a time, so that what was shown is what counts as carried.
/// </summary>
internal sealed class ScrapeEndpoint(StateSamples samples, AlertSamples alerts, TimeProvider time) : IMiddleware, IDisposable
{
    // While others wait. Half of what Prometheus waits by default: who waits behind a reader that never ends is served in time.
    private static readonly TimeSpan LongestAmongOthers = TimeSpan.FromSeconds(5);

    // No scraper waits for longer than the interval that is the default. A large answer on a slow machine takes its time.
    private static readonly TimeSpan LongestAlone = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(0.5);

    // Where the one before takes its whole time, it has ended by then.
    private static readonly TimeSpan LongestWait = LongestAmongOthers + (2 * LookEvery);

    private readonly SemaphoreSlim _one = new(1, 1);
    private int _waiting;
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
            var began = time.GetTimestamp();
            await using var limit = time.CreateTimer(_ => EndIfTooLong(context, began), null, LongestAmongOthers, LookEvery);
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

    private void EndIfTooLong(HttpContext context, long began)
    {
        if (Volatile.Read(ref _waiting) > 0 || time.GetElapsedTime(began) >= LongestAlone)
        {
            context.Abort();
        }
    }

    private async Task<bool> TakeTurnAsync(CancellationToken aborted)
    {
        using var limit = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborted);
        Interlocked.Increment(ref _waiting);
        try
        {
            await _one.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
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
