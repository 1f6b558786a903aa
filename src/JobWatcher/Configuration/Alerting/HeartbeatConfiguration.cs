using JobWatcher.Configuration.Reading;
using JobWatcher.Text;

namespace JobWatcher.Configuration.Alerting;

/// <summary>A dead man's switch: an address that is called only while polls are committed.</summary>
internal sealed record HeartbeatConfiguration
{
    private static readonly Duration DefaultEvery = Duration.Minutes(1);

    /// <summary>What is called.</summary>
    public required SecretAddress Url { get; init; }

    /// <summary>The time between two calls.</summary>
    /// <value>1 min; from 1 s to 1 day.</value>
    public required Duration Every { get; init; }

    /// <summary>Reads the section <c>alerting.heartbeat</c>; null where it is left out or faulty.</summary>
    public static HeartbeatConfiguration? Read(MappingReader section)
    {
        var every = section.Duration("every", Duration.Seconds(1), Duration.Days(1));
        if (section.HasSecret("url"))
        {
            return ReceiverAddresses.Read(section, "url", ReceiverAddresses.EndpointProblem) is { } url
                ? new HeartbeatConfiguration { Url = url, Every = every ?? DefaultEvery }
                : null;
        }

        if (section.Has("every"))
        {
            section.Fault("url", "is missing; give url or urlFile");
        }

        return null;
    }
}
