using System.Text.Json;

namespace JobWatcher.HuaweiCloud.Http;

/// <summary>What the body of an error tells, each part null where it tells nothing.</summary>
/// <param name="Code">The vendor's code, such as <c>APIGW.0301</c>.</param>
/// <param name="Message">The vendor's words.</param>
/// <param name="RequestId">The call's identity for the vendor's support.</param>
internal readonly record struct ErrorBody(string? Code, string? Message, string? RequestId)
{
    /// <summary>
    /// Reads the API's <c>{"error_code", "error_msg", "request_id"}</c> and the identity service's
    /// <c>{"error": {"code", "message"}}</c>. Anything else tells nothing.
    /// </summary>
    public static ErrorBody Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var requestId = Text(root, "request_id");
            return Member(root, "error") is { ValueKind: JsonValueKind.Object } error
                ? new ErrorBody(Text(error, "code"), Text(error, "message") ?? Text(error, "title"), requestId)
                : new ErrorBody(Text(root, "error_code"), Text(root, "error_msg"), requestId);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is what a text that is not valid UTF-8 or UTF-16 gives.
            return default;
        }
    }

    private static string? Text(JsonElement element, string name) => Member(element, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value ? value : null,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
