using System.Collections.Frozen;
using JobWatcher.Alerts.Rules;
using JobWatcher.Configuration.Reading;
using JobWatcher.Configuration.Targets;
using JobWatcher.Text;

namespace JobWatcher.Configuration.Alerting;

/// <summary>Reads the rules of alerts: for all targets over the defaults, for one target over those for all.</summary>
internal static class AlertRulesReader
{
    private const string Off = "off";
    private const int MostJobNameCharacters = 200;

    private static readonly Duration Least = Duration.Seconds(1);
    private static readonly Duration Most = Duration.Days(60);

    /// <summary>Reads a mapping of rules; a key left out is as in <paramref name="defaults"/>.</summary>
    public static AlertRules Read(MappingReader rules, AlertRules defaults) => defaults with
    {
        Failed = rules.Section("failed", rule => Ended(rule, defaults.Failed)),
        Canceled = rules.Section("canceled", rule => Ended(rule, defaults.Canceled)),
        Stuck = rules.Section("stuck", rule => Stuck(rule, defaults.Stuck)),
        Unreachable = rules.Section("targetUnreachable", rule => new UnreachableRule
        {
            IsEnabled = rule.Flag("enabled") ?? defaults.Unreachable.IsEnabled,
            Severity = Severity(rule) ?? defaults.Unreachable.Severity,
        }),
    };

    private static EndedJobRule Ended(MappingReader rule, EndedJobRule defaults) => new()
    {
        IsEnabled = rule.Flag("enabled") ?? defaults.IsEnabled,
        Severity = Severity(rule) ?? defaults.Severity,
        ExcludedJobNames = Excluded(rule) ?? defaults.ExcludedJobNames,
        ResolveAfter = rule.Duration("resolveAfter", Duration.Minutes(1), Most) ?? defaults.ResolveAfter,
    };

    private static StuckJobRule Stuck(MappingReader rule, StuckJobRule defaults)
    {
        var byJobName = rule.Entries(
            "byJobName",
            name => name.Length is > 0 and <= MostJobNameCharacters ? null : $"is not a job name of 1 to {MostJobNameCharacters} characters",
            ReadThresholds);
        var all = defaults.ByJobName.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, entry) in byJobName)
        {
            all[name] = Over(all.GetValueOrDefault(name, new StuckThresholds()), entry ?? new StuckThresholds());
        }

        return new StuckJobRule
        {
            IsEnabled = rule.Flag("enabled") ?? defaults.IsEnabled,
            Severity = Severity(rule) ?? defaults.Severity,
            ExcludedJobNames = Excluded(rule) ?? defaults.ExcludedJobNames,
            Thresholds = Over(defaults.Thresholds, ReadThresholds(rule)),
            ByJobName = all.ToFrozenDictionary(StringComparer.Ordinal),
        };
    }

    private static StuckThresholds ReadThresholds(MappingReader mapping) => new()
    {
        Pending = Threshold(mapping, "pendingAfter"),
        Running = Threshold(mapping, "runningAfter"),
        Unauthorized = Threshold(mapping, "unauthorizedAfter"),
        Other = Threshold(mapping, "otherAfter"),
    };

    private static StuckThresholds Over(StuckThresholds below, StuckThresholds above) => new()
    {
        Pending = above.Pending ?? below.Pending,
        Running = above.Running ?? below.Running,
        Unauthorized = above.Unauthorized ?? below.Unauthorized,
        Other = above.Other ?? below.Other,
    };

    private static StuckThreshold? Threshold(MappingReader mapping, string key)
    {
        var after = default(Duration);
        var text = mapping.Text(key, text =>
            text == Off ? null :
            !Duration.TryParse(text, out after) ? $"is not a duration; write it like 30m or 2h, or {Off}" :
            after < Least || after > Most ? $"is not between {Least} and {Most}; to switch it off write {Off}" :
            null);
        return text is null ? null : new StuckThreshold(text == Off ? null : after.Value);
    }

    private static string? Severity(MappingReader rule) => rule.Text("severity", Names.Problem);

    private static FrozenSet<string>? Excluded(MappingReader rule) => rule.Has("excludeJobNames")
        ? rule.Texts("excludeJobNames").Select(item => item.Text).ToFrozenSet(StringComparer.Ordinal)
        : null;
}
