using JobWatcher.Alerting.Receivers;
using JobWatcher.Polling;
using JobWatcher.Polling.Budgets;
using JobWatcher.Reporting.Metrics;

namespace JobWatcher.Planning;

/// <summary>What a running watcher is made of, once its configuration is known to be valid.</summary>
internal sealed record WatcherPlan
{
    /// <summary>The targets.</summary>
    public required IReadOnlyList<PlannedTarget> Targets { get; init; }

    /// <summary>How much each credentials entry may ask of the cloud.</summary>
    public required EntryBudget Budget { get; init; }

    /// <summary>The absolute path of the store's file.</summary>
    public required string StorePath { get; init; }

    /// <summary>How long the store keeps what it no longer needs.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>Where to listen, as an http address.</summary>
    public required Uri Listen { get; init; }

    /// <summary>Which series jobs get.</summary>
    public required MetricsOptions Metrics { get; init; }

    /// <summary>Where alerts are sent.</summary>
    public ReceiverPlan Receivers { get; init; } = ReceiverPlan.None;

    /// <summary>The least level that the ordinary log shows.</summary>
    public required LogLevel LogLevel { get; init; }

    /// <summary>Whether log lines are JSON, else text.</summary>
    public required bool JsonLog { get; init; }

    /// <summary>Where the plan comes from, to be read again when it changes; null where it cannot change.</summary>
    public PlanSource? Source { get; init; }
}
