namespace JobWatcher.EndToEndTests.Programs;

/// <summary>A target as a test configures it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ProjectId">Its project.</param>
/// <param name="Endpoint">The API's address.</param>
internal sealed record TargetSettings(string Name, string ProjectId, Uri Endpoint)
{
    /// <summary>The time between the starts of two polls.</summary>
    public string Interval { get; init; } = "1s";
}

/// <summary>What tests vary in a watcher's configuration.</summary>
internal sealed record WatcherSettings
{
    /// <summary>The region of all targets.</summary>
    public const string Region = "cn-north-4";

    /// <summary>The targets.</summary>
    public required IReadOnlyList<TargetSettings> Targets { get; init; }

    /// <summary>The keys that the simulator was told.</summary>
    public AccessKey Key { get; init; } = AccessKey.Example;

    /// <summary>How long one request may take.</summary>
    public string RequestTimeout { get; init; } = "10s";

    /// <summary>How long polls may fail until the state is unknown.</summary>
    public string UnknownAfter { get; init; } = "5m";

    /// <summary>The store's file, as the configuration names it.</summary>
    public string StorePath { get; init; } = "jobwatcher.db";

    /// <summary>Further sections, as YAML.</summary>
    public string More { get; init; } = "";

    /// <summary>
    /// The configuration file. No budget holds the polls of a test up, and each target has a credentials entry of its own,
    /// so that a limit which the cloud tells one of them leaves the others alone.
    /// </summary>
    public string ToYaml(int port) =>
        $$"""
        targets:
        {{string.Join('\n', Targets.Select(ToYaml))}}
        credentials:
        {{string.Join('\n', Targets.Select(target => $"  {target.Name}: {{ accessKey: {Key.Id}, secretKey: {Key.Secret} }}"))}}
        polling:
          interval: 1s
          requestTimeout: {{RequestTimeout}}
          unknownAfter: {{UnknownAfter}}
          requestBudget: { requests: 1000000, per: 1s }
        store: { path: {{StorePath}} }
        server: { listen: "http://127.0.0.1:{{port}}" }
        {{More}}

        """;

    private static string ToYaml(TargetSettings target) =>
        $$"""
          - name: {{target.Name}}
            region: {{Region}}
            projectId: {{target.ProjectId}}
            endpoint: {{target.Endpoint}}
            credentials: {{target.Name}}
            interval: {{target.Interval}}
            labels: { team: payments }
        """;
}
