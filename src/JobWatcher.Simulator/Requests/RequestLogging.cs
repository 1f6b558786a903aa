using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Requests;

/// <summary>Logs each request as it comes in, and its status just before the answer leaves.</summary>
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
            context.GetEndpoint()?.Metadata.GetMetadata<OperationMetadata>()?.Operation,
            request.RouteValues.GetValueOrDefault("project") as string,
            AuthorizationHeader.Parse(request.Headers.Authorization)?.AccessKey);
        cloud.Requests.Add(entry);
        context.Response.OnStarting(() =>
        {
            entry.Answered(context.Response.StatusCode);
            return Task.CompletedTask;
        });
        return next(context);
    }
}
