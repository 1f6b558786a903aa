using JobWatcher.EndToEndTests.Alerting;
using JobWatcher.EndToEndTests.Chaos.Logs;
using JobWatcher.EndToEndTests.Chaos.Store;
using JobWatcher.EndToEndTests.Chaos.Truth;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>All that a run left behind, on both sides of the watcher.</summary>
internal sealed record Evidence
{
    /// <summary>The truth.</summary>
    public required IReadOnlyList<TargetTruth> Targets { get; init; }

    /// <summary>The processes, in the order of their lives.</summary>
    public required IReadOnlyList<ProcessLog> Processes { get; init; }

    /// <summary>The store after the last process.</summary>
    public required StoreContent Store { get; init; }

    /// <summary>What the store held after each process, as soon as there was a log.</summary>
    public required IReadOnlyList<CommittedState> Committed { get; init; }

    /// <summary>The counters as they were scraped, oldest first; the last ones after all had settled.</summary>
    public required IReadOnlyList<CounterScrape> Scrapes { get; init; }

    /// <summary>What people were told, in this order.</summary>
    public required IReadOnlyList<Notification> Notifications { get; init; }

    /// <summary>When the cloud was cut.</summary>
    public required IReadOnlyList<Cut> Cuts { get; init; }

    /// <summary>What the last process did not come to show in time; null when it showed all that the cloud lists.</summary>
    public string? Unsettled { get; init; }
}
