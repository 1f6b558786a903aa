using JobWatcher.Alerting.Rules;
using JobWatcher.Configuration.Reading;

namespace JobWatcher.Configuration;

/// <summary>When alerts fire and where they go.</summary>
internal sealed record AlertingConfiguration
{
    /// <summary>The rules for targets that name none of their own.</summary>
    public AlertRules Rules { get; private init; } = new();

    /// <summary>Where alerts are sent, besides metrics and log; by unique names.</summary>
    public IReadOnlyList<ReceiverConfiguration> Receivers { get; private init; } = [];

    /// <summary>The dead man's switch; null for none.</summary>
    public HeartbeatConfiguration? Heartbeat { get; private init; }

    /// <summary>Where the pages on alerts are: each page is this address and the alert's name.</summary>
    public Uri RunbookUrl { get; private init; } = DefaultRunbookUrl;

    private static readonly Uri DefaultRunbookUrl =
        new("https://github.com/jobwatcher/jobwatcher/blob/main/docs/alerts/");

    /// <summary>Reads the section <c>alerting</c>.</summary>
    public static AlertingConfiguration Read(MappingReader section)
    {
        var defaults = new AlertingConfiguration();
        var receivers = section.List("receivers", new ReceiverReader().Read).OfType<ReceiverConfiguration>().ToList();
        var minActive = section.Duration("minActive", Duration.Seconds(1), Duration.Days(1))?.Value;
        return new AlertingConfiguration
        {
            Rules = section.Section("rules", rules => AlertRulesReader.Read(rules, defaults.Rules)) with
            {
                MinActive = minActive ?? defaults.Rules.MinActive,
            },
            RunbookUrl = section.Address("runbookUrl", _ => null) ?? defaults.RunbookUrl,
            Receivers = receivers.Count > 0 ? receivers : defaults.Receivers,
            Heartbeat = section.Section("heartbeat", HeartbeatConfiguration.Read),
        };
    }
}
