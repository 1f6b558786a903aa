using System.Buffers;
using System.Text;
using System.Text.Json;
using CommunityToolkit.HighPerformance.Buffers;
using JobWatcher.HuaweiCloud.Text;

namespace JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

/// <summary>
/// Reads single values as text, whatever their type, within bounds. Texts that repeat from job to job come from a pool
/// of bounded size, so that a month of jobs holds each name once.
/// </summary>
internal static class JsonText
{
    // An escape takes at most six bytes a character; beyond this nothing of a text is worth the memory to unescape it.
    private const int MaxEscapedBytes = 256 * 1024;
    private const int OnStack = 512;

    private static readonly StringPool Shared = new(4096);

    /// <summary>An identity: a string of 1 to <paramref name="maxLength"/> characters; null for anything else.</summary>
    public static string? Identity(ref Utf8JsonReader reader, int maxLength, bool repeats = false) =>
        reader.TokenType is JsonTokenType.String && Decode(ref reader, maxLength + 1, repeats) is { Length: > 0 } text
        && text.Length <= maxLength
            ? text
            : null;

    /// <summary>
    /// A text cut at <paramref name="maxLength"/> characters; numbers and truth values as they are written. Null for null,
    /// nothing, arrays, objects and what is no text. Leaves the reader at the value's end.
    /// </summary>
    public static string? Optional(ref Utf8JsonReader reader, int maxLength, bool repeats = false)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return Decode(ref reader, maxLength, repeats) is { Length: > 0 } text ? text : null;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                reader.Skip();
                return null;
            default:
                return null;
        }
    }

    private static string? Decode(ref Utf8JsonReader reader, int maxLength, bool repeats)
    {
        if (reader.ValueIsEscaped && reader.ValueSpan.Length > MaxEscapedBytes)
        {
            return null;
        }

        // Unescaped, a character takes at most four bytes, so no more than these can matter.
        var size = reader.ValueIsEscaped
            ? reader.ValueSpan.Length
            : (int)Math.Min(reader.ValueSpan.Length, 4L * maxLength);
        char[]? rented = null;
        var buffer = size <= OnStack ? stackalloc char[OnStack] : rented = ArrayPool<char>.Shared.Rent(size);
        try
        {
            var length = reader.ValueIsEscaped
                ? reader.CopyString(buffer)
                : Encoding.UTF8.GetChars(reader.ValueSpan[..size], buffer);
            ReadOnlySpan<char> text = TextStart.Of(buffer[..length], maxLength);
            return repeats ? Shared.GetOrAdd(text) : text.ToString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are not UTF-8, in a text with escapes.
            return null;
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<char>.Shared.Return(rented);
            }
        }
    }
}
