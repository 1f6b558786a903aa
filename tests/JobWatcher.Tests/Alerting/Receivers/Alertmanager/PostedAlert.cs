using System.Text.Json;

namespace JobWatcher.Tests.Alerting.Receivers.Alertmanager;

/// <summary>An alert as an Alertmanager gets it.</summary>
internal sealed record PostedAlert(
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string? GeneratorUrl)
{
    /// <summary>What an Alertmanager tells alerts apart by.</summary>
    public string Identity => string.Join(
        ',', Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));

    public string Job => Labels.GetValueOrDefault("job_id", "");

    public static IReadOnlyList<PostedAlert> Parse(string body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.EnumerateArray().Select(Parse)];
    }

    private static PostedAlert Parse(JsonElement alert) => new(
        Texts(alert.GetProperty("labels")),
        Texts(alert.GetProperty("annotations")),
        alert.GetProperty("startsAt").GetDateTimeOffset(),
        alert.GetProperty("endsAt").GetDateTimeOffset(),
        alert.TryGetProperty("generatorURL", out var url) ? url.GetString() : null);

    private static Dictionary<string, string> Texts(JsonElement mapping) => mapping.EnumerateObject().ToDictionary(
        entry => entry.Name, entry => entry.Value.GetString()!, StringComparer.Ordinal);
}
