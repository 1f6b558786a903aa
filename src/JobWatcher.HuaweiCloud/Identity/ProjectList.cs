using System.Text.Json;
using JobWatcher.HuaweiCloud.Http;

namespace JobWatcher.HuaweiCloud.Identity;

/// <summary>Reads the answer of <c>GET /v3/projects</c>.</summary>
internal static class ProjectList
{
    private const int MaxNamed = 10;

    /// <summary>The ids of the projects of exactly this name.</summary>
    /// <exception cref="FormatException">It is no list of projects.</exception>
    public static IReadOnlyList<string> Read(ReadOnlySpan<byte> body, string name)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return [.. document.RootElement.GetProperty("projects").EnumerateArray()
                .Where(project => project.GetProperty("name").GetString() == name)
                .Select(project => CloudText.Clean(project.GetProperty("id").GetString() ?? "", []))
                .Distinct(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"{BodyKind.Describe(body)} without projects", exception);
        }
    }

    /// <exception cref="CloudException">There is not exactly one.</exception>
    public static string TheOnly(IReadOnlyList<string> ids, string region, string host) => ids switch
    {
        [var id] when id.Length == 32 && id.All(char.IsAsciiLetterOrDigit) => id,
        [] => throw new CloudException(
            CloudFault.Error,
            $"{host} lists no project named {region} for these credentials; set projectId, or correct region and credentials."),
        _ => throw new CloudException(
            CloudFault.Error,
            $"{host} lists {ids.Count} projects named {region}: {string.Join(", ", ids.Take(MaxNamed))}; set projectId to the right one."),
    };
}
