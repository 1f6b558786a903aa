using JobWatcher.Configuration.Reading;
using JobWatcher.Text;

namespace JobWatcher.Configuration;

/// <summary>How targets are polled.</summary>
internal sealed record PollingConfiguration
{
    private static readonly Duration LongestInterval = Duration.Days(1);
    private static readonly Duration ShortestTimeout = Duration.Milliseconds(100);
    private static readonly Duration ShortestUnknownAfter = Duration.Minutes(5);

    /// <summary>The time between the starts of two polls of a target that names none of its own.</summary>
    /// <value>30 s; from 1 s to 1 day.</value>
    public Duration Interval { get; private init; } = Duration.Seconds(30);

    /// <summary>The most that one attempt of one request may take.</summary>
    /// <value>10 s; from 100 ms to 10 min.</value>
    public Duration RequestTimeout { get; private init; } = Duration.Seconds(10);

    /// <summary>The most that a whole poll may take, whatever its pages.</summary>
    /// <value>5 min; at least <see cref="RequestTimeout"/>, at most 1 day.</value>
    public Duration PollTimeout { get; private init; } = Duration.Minutes(5);

    /// <summary>How far a window reaches back before the last poll: a new job may take so long to be listed.</summary>
    /// <value>5 min; from 10 s to 1 day.</value>
    public Duration Overlap { get; private init; } = Duration.Minutes(5);

    /// <summary>The time between two full listings, which find what windows miss.</summary>
    /// <value>1 h; from 1 min to 7 days.</value>
    public Duration FullListingEvery { get; private init; } = Duration.Minutes(60);

    /// <summary>How long polls may fail before a target's state is unknown; null where it follows from the interval.</summary>
    /// <value>At least twice each target's interval, at most 30 days.</value>
    public Duration? UnknownAfter { get; private init; }

    /// <summary>The language of the API's messages.</summary>
    /// <value><c>en-us</c> or <c>zh-cn</c>.</value>
    public string Language { get; private init; } = "en-us";

    /// <summary>How many requests of a credentials entry may be in flight.</summary>
    /// <value>32; from 1 to 1000.</value>
    public int MaxConcurrency { get; private init; } = 32;

    /// <summary>How many requests a credentials entry may send, whatever its targets.</summary>
    public RequestBudgetConfiguration RequestBudget { get; private init; } = new();

    /// <summary>Reads the section <c>polling</c>.</summary>
    public static PollingConfiguration Read(MappingReader section)
    {
        var defaults = new PollingConfiguration();
        var polling = new PollingConfiguration
        {
            Interval = ReadInterval(section) ?? defaults.Interval,
            RequestTimeout = section.Duration("requestTimeout", ShortestTimeout, Duration.Minutes(10)) ?? defaults.RequestTimeout,
            PollTimeout = section.Duration("pollTimeout", ShortestTimeout, Duration.Days(1)) ?? defaults.PollTimeout,
            Overlap = section.Duration("overlap", Duration.Seconds(10), Duration.Days(1)) ?? defaults.Overlap,
            FullListingEvery =
                section.Duration("fullListingEvery", Duration.Minutes(1), Duration.Days(7)) ?? defaults.FullListingEvery,
            UnknownAfter = section.Duration("unknownAfter", Duration.Seconds(2), Duration.Days(30)),
            MaxConcurrency = section.Integer("maxConcurrency", 1, 1000) ?? defaults.MaxConcurrency,
            RequestBudget = section.Section("requestBudget", RequestBudgetConfiguration.Read),
            Language = section.Choice("language", ("en-us", "en-us"), ("zh-cn", "zh-cn")) ?? defaults.Language,
        };

        if (polling.PollTimeout < polling.RequestTimeout)
        {
            section.Fault(
                "pollTimeout", $"is shorter than requestTimeout, {polling.RequestTimeout}; a poll is at least one request",
                polling.PollTimeout.ToString());
        }

        if (polling.UnknownAfter < 2 * polling.Interval)
        {
            section.Fault(
                "unknownAfter", $"is less than two intervals of {polling.Interval}; one failed poll would already be an outage",
                polling.UnknownAfter.ToString());
        }

        return polling;
    }

    /// <summary>Reads a key <c>interval</c>: the section's or a target's.</summary>
    public static Duration? ReadInterval(MappingReader mapping) =>
        mapping.Duration("interval", Duration.Seconds(1), LongestInterval);

    /// <summary>How long polls of a target with this interval may fail before its state is unknown.</summary>
    public Duration UnknownAfterFor(Duration interval) =>
        UnknownAfter ?? Duration.Longer(ShortestUnknownAfter, 3 * interval);
}
