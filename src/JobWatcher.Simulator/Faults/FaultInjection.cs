using System.Globalization;
using System.Text;
using JobWatcher.Simulator.Answers;
using JobWatcher.Simulator.Jobs;
using JobWatcher.Simulator.Requests;

namespace JobWatcher.Simulator.Faults;

/// <summary>Takes the faults that hit a request; acts those out that need no endpoint.</summary>
internal sealed class FaultInjection(SimulatedCloud cloud, CancellationToken stopping)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var fault = cloud.Faults.Take(
            context.Request.RouteValues.GetValueOrDefault("project") as string,
            OperationMetadata.Of(context));
        context.Features.Set(fault);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.RequestAborted = ending.Token;
        try
        {
            await Task.Delay(fault.Latency ?? TimeSpan.Zero, cloud.Clock, ending.Token);
            Stamp(context, fault);
            await ActAsync(context, fault, next);
        }
        catch (ApiException refused)
        {
            await Answer.SendAsync(context, refused.Error);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private void Stamp(HttpContext context, Fault fault)
    {
        var date = cloud.Clock.GetUtcNow() + fault.DateOffset.GetValueOrDefault();
        context.Response.Headers.Date = date.ToString("r", CultureInfo.InvariantCulture);
        context.Response.Headers["X-Request-Id"] = cloud.NextRequestId();
    }

    private async Task ActAsync(HttpContext context, Fault fault, RequestDelegate next)
    {
        if (fault.NeverAnswers == true)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cloud.Clock, context.RequestAborted);
        }
        else if (fault.ResetsConnection == true)
        {
            context.Abort();
        }
        else if (fault.BodyBytes is { } bytes)
        {
            await Answer.SendAsync(context, fault.Status ?? 200, bytes, fault.ContentType ?? Json.ContentType);
        }
        else if (fault.Body is { } body)
        {
            await Answer.SendAsync(
                context, fault.Status ?? 200, Encoding.UTF8.GetBytes(body), fault.ContentType ?? Json.ContentType);
        }
        else if (fault.Status is { } status)
        {
            var usual = ApiError.ForStatus(status);
            var error = new ApiError(status, fault.ErrorCode ?? usual.Code, fault.ErrorMsg ?? usual.Message);

            // Only the gateway's notation has a code, and a gateway stands before IAM too.
            await Answer.SendAsync(
                context, status, ErrorBody.Of(error, fault.ErrorCode is null ? OperationMetadata.Of(context) : null));
        }
        else
        {
            await next(context);
        }
    }
}
