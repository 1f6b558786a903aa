using JobWatcher.Commands.Tables;
using JobWatcher.Hosting;
using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Planning;
using JobWatcher.Polling.Clients;
using JobWatcher.Reporting;

namespace JobWatcher.Commands;

/// <summary>What to list, and how to show it.</summary>
/// <param name="Target">Only this target; null lists all.</param>
/// <param name="Status">Only jobs in this status.</param>
/// <param name="JobName">Only jobs of this name.</param>
/// <param name="IsJson">JSON instead of a table.</param>
internal sealed record ListOptions(string? Target, string? Status, string? JobName, bool IsJson);

/// <summary>Prints the jobs that the API lists now, whether they are reported or not. Touches no store.</summary>
internal static class ListCommand
{
    /// <summary>Lists and prints.</summary>
    /// <returns>The exit code: 1 when a target could not be listed, or not completely.</returns>
    public static async Task<int> RunAsync(
        WatcherPlan plan, ListOptions options, Terminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        var targets = plan.Targets.Where(planned => options.Target is null || planned.Target.Name == options.Target).ToList();
        if (targets.Count == 0)
        {
            await terminal.Error.WriteLineAsync(UnknownTarget.Told(plan.Targets.Select(planned => planned.Target.Name)));
            return ExitCode.BadUsage;
        }

        using var clients = new CloudClients(time);
        var jobs = new List<JobItem>();
        var hasFailed = false;
        foreach (var planned in targets)
        {
            terminal.Progress($"listing {planned.Target.Name}");
            var fault = await ListAsync(clients, planned, options, jobs, cancellationToken);
            if (fault is not null)
            {
                hasFailed = true;
                terminal.Progress("");
                await terminal.Error.WriteLineAsync($"{planned.Target.Name}: {fault}");
            }
        }

        terminal.Progress("");
        await WriteAsync(jobs, options.IsJson, terminal);
        return hasFailed ? ExitCode.Failed : ExitCode.Done;
    }

    private static async Task<string?> ListAsync(
        CloudClients clients, PlannedTarget planned, ListOptions options, List<JobItem> jobs, CancellationToken cancellationToken)
    {
        try
        {
            var client = await clients.For(planned, limits: null, clock: null, _ => { }).GetAsync(cancellationToken);
            var listing = await client.ListAsync(QueryOf(options), cancellationToken);
            jobs.AddRange(listing.Jobs.Select(job => JobItem.Of(planned.Target.Name, job)));
            return listing.IsComplete
                ? null
                : $"the listing does not add up: {listing.Listed} jobs were listed of {listing.TotalCount}";
        }
        catch (Exception exception) when (exception is CloudException or InvalidDataException)
        {
            return exception.Message;
        }
    }

    private static ListingQuery QueryOf(ListOptions options) => new()
    {
        Status = options.Status is { } status ? new JobStatus(status) : null,
        JobName = options.JobName,
    };

    private static async Task WriteAsync(List<JobItem> jobs, bool isJson, Terminal terminal)
    {
        if (isJson)
        {
            await JsonOutput.WriteArrayAsync(jobs.ToAsyncEnumerable(), terminal.Output);
        }
        else
        {
            JobTable.Write(jobs, terminal);
        }
    }
}
