namespace JobWatcher.HuaweiCloud.Http;

/// <summary>Names what a body seems to be, for messages about answers that cannot be used.</summary>
internal static class BodyKind
{
    public const string JsonObject = "a JSON object";

    public static string Describe(ReadOnlySpan<byte> body)
    {
        var start = body.TrimStart(" \t\r\n"u8);
        return start switch
        {
            [] => "an empty body",
            [(byte)'<', ..] => "HTML or XML",
            [(byte)'{', ..] => JsonObject,
            [(byte)'[', ..] => "a JSON array",
            _ => "text that is no JSON object",
        };
    }
}
