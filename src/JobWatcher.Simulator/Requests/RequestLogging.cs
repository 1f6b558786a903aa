using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Requests;

/// <summary>Logs each request as it comes in; what answers it adds the status.</summary>
internal sealed class RequestLogging(SimulatedCloud cloud)
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var entry = new LoggedRequest(
            cloud.Clock.GetUtcNow(),
            request.Method,
            request.Path.Value ?? "",
            request.QueryString.Value ?? "",
            OperationMetadata.Of(context),
            request.RouteValues.GetValueOrDefault("project") as string,
            AuthorizationHeader.Parse(request.Headers.Authorization)?.AccessKey);
        cloud.Requests.Add(entry);
        context.Features.Set(entry);
        return next(context);
    }
}
