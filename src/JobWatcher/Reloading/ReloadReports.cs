using JobWatcher.HuaweiCloud.Text;
using JobWatcher.Reporting.Metrics;

namespace JobWatcher.Reloading;

/// <summary>Tells what became of a changed configuration, as events and in the process' metrics.</summary>
internal sealed partial class ReloadReports(ProcessSamples process, ILogger<ReloadReports> logger)
{
    // Thousands of targets may change at once; a line of the log must stay one that pipelines take.
    private const int MostNames = 50;
    private const int MostFaults = 50;
    private const int MostCharacters = 500;

    private bool _isFaulty;
    private bool _isUnreadable;

    /// <summary>A valid configuration holds now; told where it changes anything, or ends a fault.</summary>
    public void Taken(PlanChanges changes)
    {
        process.ConfigurationIsGood();
        if (!changes.IsEmpty || _isFaulty)
        {
            var targets = changes.Targets;
            var changed = targets.Changed.Select(planned => planned.Target.Name);
            Log.Reloaded(
                logger,
                targets.Added.Count, targets.Removed.Count, targets.Changed.Count,
                changes.RestartNeeded.Count == 0
                    ? "All of it holds now."
                    : $"A restart is needed for {string.Join(", ", changes.RestartNeeded)}.",
                new Lists(
                    ("AddedTargets", Bounded(targets.Added.Select(planned => planned.Target.Name))),
                    ("RemovedTargets", Bounded(targets.Removed)),
                    ("ChangedTargets", Bounded(changed)),
                    ("ChangedSettings", [.. changes.Settings]),
                    ("RestartNeeded", changes.RestartNeeded.Count == 0 ? null : [.. changes.RestartNeeded])));
        }

        (_isFaulty, _isUnreadable) = (false, false);
    }

    /// <summary>A faulty configuration was refused; the one before holds on.</summary>
    public void Rejected(IReadOnlyList<string> faults)
    {
        process.ConfigurationIsFaulty();
        (_isFaulty, _isUnreadable) = (true, false);
        Log.Rejected(
            logger,
            faults.Count,
            Cut(faults[0]),
            new Lists(("Faults", [.. faults.Take(MostFaults).Select(Cut)])));
    }

    /// <summary>The files could not be read in time; told once until they can.</summary>
    public void Unreadable(TimeSpan within)
    {
        if (!_isUnreadable)
        {
            Rejected([$"The configuration could not be read within {within.TotalSeconds:0} s; see whether its file system answers."]);
            _isUnreadable = true;
        }
    }

    private static string[] Bounded(IEnumerable<string> names) =>
        [.. names.Order(StringComparer.Ordinal).Take(MostNames)];

    private static string Cut(string fault) => TextStart.Shortened(fault, MostCharacters);

    /// <summary>Fields that stay lists, of which the generators for log messages would make texts.</summary>
    internal sealed class Lists(params IReadOnlyList<(string Name, string[]? Items)> fields)
    {
        /// <summary>Adds them to an event.</summary>
        public static void Record(ITagCollector collector, Lists lists)
        {
            foreach (var (name, items) in lists.Fields)
            {
                collector.Add(name, items);
            }
        }

        private IReadOnlyList<(string Name, string[]? Items)> Fields => fields;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.ConfigurationReloaded, LogLevel.Information,
            "The configuration was reloaded: {Added} targets were added, {Removed} removed, {Changed} changed. {Outcome}",
            EventName = nameof(EventIds.ConfigurationReloaded))]
        public static partial void Reloaded(
            ILogger logger, int added, int removed, int changed, string outcome,
            [TagProvider(typeof(Lists), nameof(Lists.Record), OmitReferenceName = true)] Lists lists);

        [LoggerMessage(
            EventIds.ConfigurationRejected, LogLevel.Error,
            "The changed configuration has {FaultCount} faults, so the one before holds on. The first: {FirstFault}",
            EventName = nameof(EventIds.ConfigurationRejected))]
        public static partial void Rejected(
            ILogger logger, int faultCount, string firstFault,
            [TagProvider(typeof(Lists), nameof(Lists.Record), OmitReferenceName = true)] Lists lists);
    }
}
