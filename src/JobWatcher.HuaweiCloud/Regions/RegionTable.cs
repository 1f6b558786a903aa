using System.Collections.Frozen;
using System.Text.Json;

namespace JobWatcher.HuaweiCloud.Regions;

/// <summary>
/// The public endpoints by region, as the vendor's .NET SDK 3.1.207 lists them; they follow no single pattern. Partner
/// and private clouds are not among them.
/// </summary>
public static class RegionTable
{
    private static readonly FrozenDictionary<string, Region> Regions =
        Read().ToFrozenDictionary(region => region.Name, StringComparer.Ordinal);

    /// <summary>All names, sorted ordinally.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Regions.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The region of that exact name; null where the table has none.</summary>
    public static Region? Find(string name) => Regions.GetValueOrDefault(name);

    private static List<Region> Read()
    {
        using var resource = typeof(RegionTable).Assembly.GetManifestResourceStream("regions.json")!;
        using var document = JsonDocument.Parse(resource);
        return [.. document.RootElement.GetProperty("regions").EnumerateObject().Select(region => new Region(
            region.Name,
            new Uri(region.Value.GetProperty("taurusdb").GetString()!),
            region.Value.GetProperty("iam").GetString() is { } iam ? new Uri(iam) : null))];
    }
}
