using System.Globalization;
using JobWatcher.Commands.Checks;
using JobWatcher.Commands.Tables;
using JobWatcher.Hosting;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Planning;
using JobWatcher.Polling.Clients;

namespace JobWatcher.Commands;

/// <summary>Validates the configuration, and on demand tries it out against the cloud. Touches no store.</summary>
internal static class CheckConfigCommand
{
    private static readonly TextColumn[] Columns =
    [
        new("TARGET", IsElastic: true), new("REGION"), new("JOBS"), new("OPEN"), new("PAGES"), new("REQUESTS"), new("RESULT"),
    ];

    /// <summary>Checks a configuration whose faults, if any, were told already.</summary>
    /// <returns>The exit code: 1 when a target cannot be listed whole.</returns>
    public static async Task<int> RunAsync(
        WatcherPlan plan, bool online, Terminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        await terminal.Output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"The configuration is valid: {plan.Targets.Count} target(s) to watch."));
        if (plan.Receivers.Receivers.Count > 0)
        {
            await terminal.Output.WriteLineAsync(
                "Alerts are sent to receivers: let no Prometheus rules over jobwatcher_active_alert send them as well, or people are told twice.");
        }

        if (!online)
        {
            await TellBudgetAsync(plan, _ => 0, isMeasured: false, terminal);
            return ExitCode.Done;
        }

        var checks = await CheckAsync(plan, terminal, time, cancellationToken);
        await TellChecksAsync(checks, terminal);
        var requests = checks.ToDictionary(
            check => check.Target.Name, check => (int)Math.Max(1, check.Requests), StringComparer.Ordinal);
        await TellBudgetAsync(plan, target => requests[target.Name], isMeasured: true, terminal);
        return checks.Any(check => check.Fault is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    private static async Task<IReadOnlyList<TargetCheck>> CheckAsync(
        WatcherPlan plan, Terminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        using var clients = new CloudClients(time);
        var checks = new List<TargetCheck>();
        foreach (var planned in plan.Targets)
        {
            terminal.Progress($"listing {planned.Target.Name} ({checks.Count + 1} of {plan.Targets.Count})");
            checks.Add(await TargetCheck.RunAsync(clients, planned, time, cancellationToken));
        }

        terminal.Progress("");
        return checks;
    }

    private static async Task TellChecksAsync(IReadOnlyList<TargetCheck> checks, Terminal terminal)
    {
        TextTable.Write(
            [.. Columns],
            [.. checks.Select(check => (IReadOnlyList<string>)
            [
                check.Target.Name,
                check.Target.Region,
                CellText.Count(check.Listing?.Jobs.Count),
                CellText.Count(check.Listing?.Jobs.Count(job => job.Status.IsOpen)),
                CellText.Count(check.Listing?.Pages),
                CellText.Count((int)check.Requests),
                check.Fault is null ? "ok" : "FAILED",
            ])],
            terminal);
        foreach (var check in checks)
        {
            if ((check.Fault ?? check.Warning) is { } told)
            {
                await terminal.Output.WriteLineAsync($"{check.Target.Name}: {told}");
            }
        }
    }

    private static async Task TellBudgetAsync(
        WatcherPlan plan, Func<WatchedTarget, int> requestsAFullListing, bool isMeasured, Terminal terminal)
    {
        var rate = plan.Budget.Rate;
        foreach (var entry in plan.Targets.Select(planned => planned.Target).GroupBy(target => target.Credentials))
        {
            // A poll by window of a quiet target is one request; full listings come on top, but stretch no intervals.
            var polls = entry.Select(target => (target.Interval, RequestsAPoll: 1)).ToList();
            var fullListings = entry.Select(target => (target.FullListingEvery, requestsAFullListing(target)));
            var need = Math.Ceiling(BudgetPlan.Need(rate, [.. polls, .. fullListings]) * rate.Requests);
            var factor = BudgetPlan.Factor(rate.Requests, rate.Per, polls);
            var stretch = factor > 1
                ? string.Create(CultureInfo.InvariantCulture, $", more than 80 %: all its intervals are stretched by {factor:0.#}")
                : "";
            await terminal.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"Credentials {entry.Key}: {(isMeasured ? "" : "at least ")}{need:0} requests every {Text.Duration.Of(rate.Per)} of {rate.Requests}{stretch}."));
        }
    }
}
