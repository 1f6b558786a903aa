using JobWatcher.Hosting;
using JobWatcher.Polling;
using JobWatcher.Polling.Scheduling;
using JobWatcher.Storage;

namespace JobWatcher.Web;

/// <summary>The endpoints that Kubernetes asks.</summary>
internal static class HealthEndpoints
{
    /// <summary>
    /// <c>/livez</c>: polls are attempted; neither the store nor the cloud matter. <c>/readyz</c>: the store answers and
    /// the scheduler runs.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/livez", (Watchdog watchdog) => Answer(watchdog.Overdue() is { Count: > 0 } overdue
            ? $"no poll has been attempted in time for: {string.Join(", ", overdue)}"
            : null));
        routes.MapGet("/readyz", async (
            WatchService watch, PollSchedule schedule, IWatchStore store, CancellationToken aborted) =>
            Answer(await WhyNotReadyAsync(watch, schedule, store, aborted)));
    }

    private static async Task<string?> WhyNotReadyAsync(
        WatchService watch, PollSchedule schedule, IWatchStore store, CancellationToken cancellationToken)
    {
        if (!watch.IsStarted)
        {
            return "starting";
        }

        if (!schedule.IsRunning)
        {
            return "the scheduler does not run";
        }

        try
        {
            await store.CheckAsync(cancellationToken);
            return null;
        }
        catch (StoreException exception)
        {
            return exception.Message;
        }
    }

    private static IResult Answer(string? fault) => fault is null
        ? Results.Text("ok\n")
        : Results.Text(fault + "\n", statusCode: StatusCodes.Status503ServiceUnavailable);
}
