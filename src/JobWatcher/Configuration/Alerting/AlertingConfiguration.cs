using JobWatcher.Alerts.Rules;
using JobWatcher.Configuration.Reading;
using JobWatcher.Text;

namespace JobWatcher.Configuration.Alerting;

/// <summary>When alerts fire and where they go.</summary>
internal sealed record AlertingConfiguration
{
    /// <summary>The rules for targets that name none of their own.</summary>
    public AlertRules Rules { get; private init; } = new();

    /// <summary>Where alerts are sent, besides metrics and log; by unique names.</summary>
    public IReadOnlyList<ReceiverConfiguration> Receivers { get; private init; } = [];

    /// <summary>The dead man's switch; null for none.</summary>
    public HeartbeatConfiguration? Heartbeat { get; private init; }

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
                Runbooks = section.Address("runbookUrl", _ => null) ?? defaults.Rules.Runbooks,
            },
            Receivers = receivers.Count > 0 ? receivers : defaults.Receivers,
            Heartbeat = section.Section("heartbeat", HeartbeatConfiguration.Read),
        };
    }
}
