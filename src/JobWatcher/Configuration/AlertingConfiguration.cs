using JobWatcher.Alerting.Rules;
using JobWatcher.Configuration.Reading;

namespace JobWatcher.Configuration;

/// <summary>When alerts fire and where they go.</summary>
internal sealed record AlertingConfiguration
{
    /// <summary>The rules for targets that name none of their own.</summary>
    public AlertRules Rules { get; private init; } = new();

    /// <summary>Reads the section <c>alerting</c>.</summary>
    public static AlertingConfiguration Read(MappingReader section)
    {
        var defaults = new AlertingConfiguration();
        var minActive = section.Duration("minActive", Duration.Seconds(1), Duration.Days(1))?.Value;
        return new AlertingConfiguration
        {
            Rules = section.Section("rules", rules => AlertRulesReader.Read(rules, defaults.Rules)) with
            {
                MinActive = minActive ?? defaults.Rules.MinActive,
                Runbooks = section.Address("runbookUrl", _ => null) ?? defaults.Rules.Runbooks,
            },
        };
    }
}
