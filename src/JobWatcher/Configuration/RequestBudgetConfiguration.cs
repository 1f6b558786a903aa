using JobWatcher.Configuration.Reading;
using JobWatcher.Text;

namespace JobWatcher.Configuration;

/// <summary>How many requests a credentials entry may send, whatever its targets.</summary>
internal sealed record RequestBudgetConfiguration
{
    /// <summary>How many requests in each period.</summary>
    /// <value>200, a limit that users of this cloud have met; from 1 to 1,000,000.</value>
    public int Requests { get; private init; } = 200;

    /// <summary>The period.</summary>
    /// <value>5 min; from 1 s to 1 day.</value>
    public Duration Per { get; private init; } = Duration.Minutes(5);

    /// <summary>Reads the section <c>polling.requestBudget</c>.</summary>
    public static RequestBudgetConfiguration Read(MappingReader section)
    {
        var defaults = new RequestBudgetConfiguration();
        return new RequestBudgetConfiguration
        {
            Requests = section.Integer("requests", 1, 1_000_000) ?? defaults.Requests,
            Per = section.Duration("per", Duration.Seconds(1), Duration.Days(1)) ?? defaults.Per,
        };
    }
}
