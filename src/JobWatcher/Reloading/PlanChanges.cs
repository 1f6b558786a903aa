using JobWatcher.Planning;

namespace JobWatcher.Reloading;

/// <summary>What another configuration changes.</summary>
/// <param name="Targets">What it means for the targets.</param>
/// <param name="Settings">The keys that changed for all of them.</param>
/// <param name="RestartNeeded">The keys whose values differ from those that the process started with and runs on with.</param>
internal sealed record PlanChanges(
    TargetChanges Targets, IReadOnlyList<string> Settings, IReadOnlyList<string> RestartNeeded)
{
    /// <summary>Whether nothing changed since the last configuration that was taken.</summary>
    public required bool IsEmpty { get; init; }

    /// <summary>Compares.</summary>
    /// <param name="started">What the process started with.</param>
    /// <param name="before">The last configuration that was taken.</param>
    /// <param name="after">The new one.</param>
    public static PlanChanges Between(WatcherPlan started, WatcherPlan before, WatcherPlan after)
    {
        var targets = TargetChanges.Between(before.Targets, after.Targets);
        var (from, to) = (before.Receivers, after.Receivers);
        var settings = Differing(
            ("polling.requestBudget", before.Budget.Rate == after.Budget.Rate),
            ("polling.maxConcurrency", before.Budget.MaxConcurrency == after.Budget.MaxConcurrency),
            ("alerting.receivers", from.Receivers.SequenceEqual(to.Receivers)),
            ("alerting.heartbeat", from.Heartbeat == to.Heartbeat),
            ("alerting.minActive", from.MinActive == to.MinActive),
            ("server.externalUrl", from.ExternalUrl == to.ExternalUrl),
            ("metrics", before.Metrics == after.Metrics),
            ("logging.level", before.LogLevel == after.LogLevel));
        return new PlanChanges(targets, settings, FixedAtStart(started, after))
        {
            IsEmpty = targets.Added.Count + targets.Removed.Count + targets.Changed.Count + settings.Count == 0 &&
                FixedAtStart(before, after).Count == 0,
        };
    }

    private static List<string> FixedAtStart(WatcherPlan before, WatcherPlan after) => Differing(
        ("store.path", before.StorePath == after.StorePath),
        ("store.historyRetention", before.Retention == after.Retention),
        ("server.listen", before.Listen == after.Listen),
        ("logging.format", before.JsonLog == after.JsonLog));

    private static List<string> Differing(params IEnumerable<(string Key, bool IsSame)> values) =>
        [.. values.Where(value => !value.IsSame).Select(value => value.Key)];
}
