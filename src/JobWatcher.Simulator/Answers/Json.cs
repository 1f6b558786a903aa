using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JobWatcher.Simulator.Answers;

/// <summary>The notation of everything that the simulator reads and writes.</summary>
internal static class Json
{
    public const string ContentType = "application/json;charset=UTF-8";

    /// <summary>Snake case; text unescaped, hostile text too, as the vendor's own servers send it.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(), new SecondsConverter() },
    };
}
