using JobWatcher.EndToEndTests.Chaos.Scenario;
using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Chaos.Run;

/// <summary>
/// The configuration of a watcher that is going to be killed. Its keys come from the environment. Jobs of the baseline are days
/// old, so that nothing is said of stuck ones.
/// </summary>
internal static class ChaosConfiguration
{
    /// <summary>The store's file in the watcher's folder.</summary>
    public const string StoreFile = "jobwatcher.db";

    /// <summary>The name of the receiver that is an Alertmanager.</summary>
    public const string Alertmanager = "am";

    /// <summary>How long polls fail before a target's state is unknown: shorter than the API is cut, longer than most processes live.</summary>
    public static readonly TimeSpan UnknownAfter = TimeSpan.FromSeconds(4);

    /// <summary>The configuration file.</summary>
    public static string ToYaml(IEnumerable<ChaosTarget> targets, Uri endpoint, Uri alertmanager, int port) =>
        $$"""
        targets:
        {{string.Join('\n', targets.Select(target =>
            $"  - {{ name: {target.Name}, region: {WatcherSettings.Region}, projectId: {target.ProjectId}, endpoint: \"{endpoint}\", labels: {{ team: payments }} }}"))}}
        polling:
          interval: 1s
          fullListingEvery: 1m
          requestTimeout: 3s
          unknownAfter: {{UnknownAfter.TotalSeconds}}s
          requestBudget: { requests: 1000000, per: 1s }
        store: { path: {{StoreFile}} }
        server: { listen: "http://127.0.0.1:{{port}}" }
        logging: { format: json }
        alerting:
          rules:
            failed: { resolveAfter: 1m }
            stuck: { enabled: false }
          minActive: 4s
          receivers:
            - { name: {{Alertmanager}}, alertmanager: { urls: ["{{alertmanager}}"], resendEvery: 1s } }

        """;
}
