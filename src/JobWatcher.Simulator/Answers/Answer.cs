using System.Globalization;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Requests;

namespace JobWatcher.Simulator.Answers;

/// <summary>Sends bodies, whole or as the fault in force cripples them.</summary>
internal static class Answer
{
    public static Task SendAsync(HttpContext context, ApiError error)
        => SendAsync(context, error.Status, ErrorBody.Of(error, OperationMetadata.Of(context)));

    public static Task SendAsync(HttpContext context, int status, Content content)
        => SendAsync(context, status, content.Body, content.Type);

    public static async Task SendAsync(
        HttpContext context, int status, ReadOnlyMemory<byte> body, string contentType = Json.ContentType)
    {
        var fault = Fault.Of(context);
        context.Features.Get<LoggedRequest>()?.Answered(status);
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        if (status is 204 or 205 or 304)
        {
            return;
        }

        context.Response.ContentLength = body.Length;
        if (fault.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (fault.TruncateAfterBytes is { } bytes)
        {
            // Kestrel closes a connection whose answer ends before its Content-Length.
            body = body[..Math.Min(bytes, Math.Max(0, body.Length - 1))];
        }

        if (fault.DripBytes is { } drip)
        {
            await DripAsync(context, body, drip, fault.DripInterval ?? TimeSpan.FromSeconds(1));
        }
        else
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }

        if (fault.TruncateAfterBytes is null)
        {
            context.Features.Get<LoggedRequest>()?.Sent();
        }
    }

    private static async Task DripAsync(HttpContext context, ReadOnlyMemory<byte> body, int chunk, TimeSpan interval)
    {
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        for (var sent = 0; sent < body.Length; sent += chunk)
        {
            if (sent > 0)
            {
                await Task.Delay(interval, clock, context.RequestAborted);
            }

            var drip = body.Slice(sent, Math.Min(chunk, body.Length - sent));
            await context.Response.Body.WriteAsync(drip, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
