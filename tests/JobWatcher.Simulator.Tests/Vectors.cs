using System.Text.Json;

namespace JobWatcher.Simulator.Tests;

/// <summary>The captured requests of the vendor's SDK, and the reference's example answer.</summary>
internal static class Vectors
{
    private static readonly SigningVectors Signing = JsonSerializer.Deserialize<SigningVectors>(
        Read("aksk-signing.json"),
        JsonSerializerOptions.Web)!;

    public static IReadOnlyList<SigningVector> Requests => Signing.Vectors;

    public static string ExampleListing => Read("immediate-jobs-200.json");

    private static string Read(string file)
        => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", file));

    private sealed record SigningVectors(IReadOnlyList<SigningVector> Vectors);
}

/// <summary>A captured request.</summary>
internal sealed record SigningVector(
    string Name, string Method, string Target, Dictionary<string, string> Headers, string CanonicalRequest)
{
    public string? SecurityToken => Headers.GetValueOrDefault("X-Security-Token");

    public override string ToString() => Name;
}
