using System.Text.Json;

namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>What a person gets of one alert.</summary>
internal sealed record Notification(
    string Status,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset StartsAt,
    string Link,
    DateTimeOffset Received)
{
    /// <summary>The alert's name.</summary>
    public string Alert => Labels["alertname"];

    /// <summary>The job that it is about; empty for one about the target itself.</summary>
    public string Job => Labels.GetValueOrDefault("job_id", "");

    /// <summary>Reads the alerts of one call of Alertmanager's webhook.</summary>
    public static IEnumerable<Notification> ReadAll(JsonElement call) => call.GetProperty("alerts").EnumerateArray().Select(Read);

    private static Notification Read(JsonElement alert) => new(
        alert.GetProperty("status").GetString()!,
        Texts(alert.GetProperty("labels")),
        Texts(alert.GetProperty("annotations")),
        alert.GetProperty("startsAt").GetDateTimeOffset(),
        alert.GetProperty("generatorURL").GetString()!,
        DateTimeOffset.UtcNow);

    private static Dictionary<string, string> Texts(JsonElement mapping) => mapping.EnumerateObject().ToDictionary(
        entry => entry.Name, entry => entry.Value.GetString()!, StringComparer.Ordinal);
}
