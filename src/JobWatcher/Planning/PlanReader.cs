using JobWatcher.Alerting.Receivers;
using JobWatcher.Configuration;
using JobWatcher.Configuration.Targets;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Polling;
using JobWatcher.Polling.Budgets;
using JobWatcher.Reporting.Metrics;

namespace JobWatcher.Planning;

/// <summary>Turns the configuration into what is run, or tells its faults.</summary>
internal static class PlanReader
{
    /// <summary>Loads the configuration of this process; null when it is faulty, which was told then.</summary>
    /// <param name="path">The configuration file of the command line.</param>
    /// <param name="error">Where faults go, a line each.</param>
    public static async Task<WatcherPlan?> ReadAsync(string? path, TextWriter error)
    {
        var loader = ConfigurationLoader.ForThisProcess();
        var reading = Read(loader, path);
        foreach (var fault in reading.Faults)
        {
            await error.WriteLineAsync(fault);
        }

        return reading.Plan is { } plan
            ? plan with { Source = new PlanSource(() => Read(loader, path), reading.Sources) }
            : null;
    }

    /// <summary>Loads the configuration once.</summary>
    public static PlanReading Read(ConfigurationLoader loader, string? path)
    {
        var loaded = loader.Load(path);
        return new PlanReading(
            loaded.Configuration is { } configuration ? PlanOf(configuration) : null,
            [.. loaded.Faults.Select(fault => fault.ToString())],
            loaded.Sources);
    }

    private static WatcherPlan PlanOf(WatcherConfiguration configuration) => new()
    {
        Targets = [.. configuration.Targets.Select(target => Planned(target, configuration))],
        Budget = new EntryBudget(
            new RequestRate(configuration.Polling.RequestBudget.Requests, configuration.Polling.RequestBudget.Per),
            configuration.Polling.MaxConcurrency),
        StorePath = configuration.Store.Path,
        Retention = new RetentionOptions { History = configuration.Store.HistoryRetention },
        Listen = configuration.Server.Listen,
        Metrics = new MetricsOptions(
            configuration.Metrics.PerJob,
            configuration.Metrics.PerJobLimit,
            configuration.Metrics.PerJobLimitTotal,
            configuration.Metrics.KnownJobNamesAtZero),
        Receivers = new ReceiverPlan
        {
            Receivers = configuration.Alerting.Receivers,
            Heartbeat = configuration.Alerting.Heartbeat,
            MinActive = configuration.Alerting.Rules.MinActive,
            ExternalUrl = configuration.Server.ExternalUrl,
        },
        LogLevel = configuration.Logging.Level,
        JsonLog = configuration.Logging.Format is { } format
            ? format == LogFormat.Json
            : Console.IsOutputRedirected,
    };

    private static PlannedTarget Planned(TargetConfiguration target, WatcherConfiguration configuration) => new()
    {
        Target = new WatchedTarget
        {
            Name = target.Name,
            ProjectId = target.ProjectId ?? "",
            Region = target.Region,
            Endpoint = target.Endpoint,
            Credentials = target.Credentials,
            Interval = target.Interval,
            PollTimeout = configuration.Polling.PollTimeout,
            Overlap = configuration.Polling.Overlap,
            FullListingEvery = configuration.Polling.FullListingEvery,
            UnknownAfter = target.UnknownAfter,
            JobNames = target.JobNames,
            Labels = target.Labels,
            JobNameLimit = configuration.Metrics.JobNameLimit,
            Rules = target.Rules,
        },
        Credentials = configuration.Credentials[target.Credentials],
        IamEndpoint = target.IamEndpoint,
        CaFile = target.CaFile,
        RequestTimeout = configuration.Polling.RequestTimeout,
        Language = configuration.Polling.Language,
    };
}
