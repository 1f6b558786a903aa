using JobWatcher.Configuration.Alerting;
using JobWatcher.Configuration.Credentials;
using JobWatcher.Configuration.Reading;
using JobWatcher.Configuration.Targets;

namespace JobWatcher.Configuration;

/// <summary>A valid configuration. Immutable.</summary>
internal sealed record WatcherConfiguration
{
    /// <summary>All targets: those of the configuration file, then those of its target files. At least one.</summary>
    public required IReadOnlyList<TargetConfiguration> Targets { get; init; }

    /// <summary>Whom to be, by the names that targets use.</summary>
    public required IReadOnlyDictionary<string, CredentialsConfiguration> Credentials { get; init; }

    /// <summary>How targets are polled.</summary>
    public required PollingConfiguration Polling { get; init; }

    /// <summary>When alerts fire and where they go.</summary>
    public required AlertingConfiguration Alerting { get; init; }

    /// <summary>Where the watch state is kept.</summary>
    public required StoreConfiguration Store { get; init; }

    /// <summary>Which series jobs get.</summary>
    public required MetricsConfiguration Metrics { get; init; }

    /// <summary>Where JobWatcher answers.</summary>
    public required ServerConfiguration Server { get; init; }

    /// <summary>What is logged, and how.</summary>
    public required LoggingConfiguration Logging { get; init; }

    /// <summary>Reads a whole configuration; what is faulty in it is left out of the result.</summary>
    public static WatcherConfiguration Read(MappingReader root)
    {
        var credentials = CredentialsSection.Read(root);
        var polling = root.Section("polling", PollingConfiguration.Read);
        var alerting = root.Section("alerting", AlertingConfiguration.Read);
        var reader = new TargetReader(polling, credentials, Labels.Read(root), alerting.Rules);
        var faultsBefore = root.Session.Faults.Count;
        var targets = root.List("targets", reader.Read)
            .Concat(new TargetFiles(root.Session, reader).Read(root))
            .ToList();
        if (targets.Count == 0 && root.Session.Faults.Count == faultsBefore)
        {
            root.Fault("targets", "name nothing to watch; add one with name, region and projectId");
        }

        return new WatcherConfiguration
        {
            Targets = [.. targets.OfType<TargetConfiguration>()],
            Credentials = credentials
                .Where(entry => entry.Value is not null)
                .ToDictionary(entry => entry.Key, entry => entry.Value!, StringComparer.Ordinal),
            Polling = polling,
            Alerting = alerting,
            Store = root.Section("store", StoreConfiguration.Read),
            Metrics = root.Section("metrics", MetricsConfiguration.Read),
            Server = root.Section("server", ServerConfiguration.Read),
            Logging = root.Section("logging", LoggingConfiguration.Read),
        };
    }
}
