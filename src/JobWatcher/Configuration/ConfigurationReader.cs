using JobWatcher.HuaweiCloud.Authentication;

namespace JobWatcher.Configuration;

/// <summary>Reads a whole tree: the table of contents of what can be configured.</summary>
internal sealed class ConfigurationReader(IReadOnlyDictionary<string, string> environment, ReadingContext context)
{
    private const string DefaultStorePath = "data/jobwatcher.db";
    private const string DefaultListen = "http://0.0.0.0:9464";
    private static readonly TimeSpan LeastTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly MappingNode NothingGiven = new(new Place(""), []);

    /// <summary>Reads it; null where anything is wrong, which the faults then tell.</summary>
    public WatcherConfiguration? Read(MappingNode tree)
    {
        var root = new MappingReader(tree, "", context);
        var polling = ReadPolling(Section(root, "polling"));
        var credentials = CredentialsReader.Read(root, environment, context);
        var labels = LabelsReader.Read(root, "labels", new Dictionary<string, string>(StringComparer.Ordinal));
        var targets = ReadTargets(root, polling, credentials, labels);
        var storePath = ReadStore(Section(root, "store"));
        var metrics = ReadMetrics(Section(root, "metrics"));
        var listen = ReadServer(Section(root, "server"));
        var logging = ReadLogging(Section(root, "logging"));
        root.Finish();

        if (context.Faults.Any || listen is null)
        {
            return null;
        }

        return new WatcherConfiguration
        {
            Targets = targets,
            Credentials = credentials.ToDictionary(entry => entry.Key, entry => entry.Value!, StringComparer.Ordinal),
            Polling = polling,
            StorePath = storePath,
            Metrics = metrics,
            Listen = listen,
            Logging = logging,
            Files = context.Files,
        };
    }

    // A section that is left out reads like an empty one: every key has its default.
    private MappingReader Section(MappingReader root, string key) =>
        root.Section(key) ?? new MappingReader(NothingGiven, key, context);

    private static PollingConfiguration ReadPolling(MappingReader reader)
    {
        var interval = reader.Time("interval", TargetReader.LeastInterval) ?? TimeSpan.FromSeconds(30);
        var requestTimeout = reader.Time("requestTimeout", LeastTimeout) ?? TimeSpan.FromSeconds(10);
        var pollTimeout = reader.Time("pollTimeout", LeastTimeout) ?? TimeSpan.FromMinutes(5);
        var unknownAfter = reader.Time("unknownAfter", TargetReader.LeastInterval);
        var language = reader.OneOf("language", "en-us", "zh-cn") ?? "en-us";
        reader.Finish();

        if (pollTimeout < requestTimeout)
        {
            reader.Fault(
                reader.Has("pollTimeout") ? "pollTimeout" : "requestTimeout",
                $"a poll of at most {new Duration(pollTimeout)} cannot hold a request of {new Duration(requestTimeout)}; "
                + "let pollTimeout be the longer one");
        }

        return new PollingConfiguration(interval, requestTimeout, pollTimeout, unknownAfter, language);
    }

    private List<TargetConfiguration> ReadTargets(
        MappingReader root,
        PollingConfiguration polling,
        IReadOnlyDictionary<string, Credentials?> credentials,
        IReadOnlyDictionary<string, string> labels)
    {
        var reader = new TargetReader(polling, [.. credentials.Keys], root.Has("credentials") || credentials.Count > 0, labels);
        var sections = root.Sections("targets").ToList();
        foreach (var file in TargetFiles.Read(root, context))
        {
            sections.AddRange(file.Sections("targets"));
            file.Finish();
        }

        if (sections.Count == 0 && !context.Faults.Any)
        {
            root.Fault("targets", "there is nothing to watch; list at least one target with name, region and projectId");
        }

        var targets = new List<TargetConfiguration>();
        var names = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var section in sections)
        {
            var target = reader.Read(section);
            if (section.Text("name") is { } name && !names.TryAdd(name, section.PlaceOf("name")))
            {
                section.Fault("name", $"{ConfigurationFault.Quote(name)} is taken by the target at {names[name]}; choose another name");
            }

            if (target is not null)
            {
                targets.Add(target);
            }
        }

        return targets;
    }

    private string ReadStore(MappingReader reader)
    {
        reader.OneOf("provider", "sqlite");
        var path = reader.Text("path") ?? DefaultStorePath;
        reader.Finish();
        return context.Resolve(path);
    }

    private static MetricsConfiguration ReadMetrics(MappingReader reader)
    {
        var metrics = new MetricsConfiguration(
            reader.Flag("perJob") ?? true,
            reader.Number("perJobLimit", 0, 100_000) ?? 500,
            reader.Number("perJobLimitTotal", 0, 1_000_000) ?? 20_000,
            reader.Number("jobNameLimit", 1, 10_000) ?? 100,
            reader.Flag("knownJobNamesAtZero") ?? true);
        reader.Finish();
        return metrics;
    }

    private static Uri? ReadServer(MappingReader reader)
    {
        var text = reader.Text("listen") ?? DefaultListen;
        reader.Finish();
        if (Uri.TryCreate(text, UriKind.Absolute, out var listen) && listen is { Scheme: "http", PathAndQuery: "/" } &&
            listen.Fragment.Length + listen.UserInfo.Length == 0)
        {
            return listen;
        }

        reader.Fault("listen", $"{ConfigurationFault.Quote(text)} is no address to listen on; write it like {DefaultListen}");
        return null;
    }

    private static LoggingConfiguration ReadLogging(MappingReader reader)
    {
        var level = reader.OneOf("level", "Trace", "Debug", "Information", "Warning", "Error", "Critical") ?? "Information";
        var format = reader.OneOf("format", "json", "text");
        reader.Finish();
        return new LoggingConfiguration(Enum.Parse<LogLevel>(level), format is null ? null : format == "json");
    }
}
