using System.Buffers.Text;
using System.Text.Json;
using JobWatcher.HuaweiCloud.Http;

namespace JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

/// <summary>
/// Reads the body of a listing, job by job: a job that cannot be read costs itself and nothing else, a body that is no
/// listing is refused whole.
/// </summary>
internal static class ListingPageReader
{
    /// <summary>More than any real answer within the bound on its size: it keeps tiny items from filling the memory.</summary>
    public const int MaxItems = 65_536;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    /// <exception cref="FormatException">The body is no listing; the message names what it is, without its content.</exception>
    public static ListingPage Read(ReadOnlySpan<byte> body, DateTimeOffset? cloudTime)
    {
        try
        {
            var reader = new Utf8JsonReader(body, Options);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            {
                throw new FormatException(BodyKind.Describe(body));
            }

            var page = ReadRoot(ref reader, body, cloudTime);
            reader.Read();
            return page;
        }
        catch (JsonException exception)
        {
            throw new FormatException(Broken(body, exception), exception);
        }
    }

    private static string Broken(ReadOnlySpan<byte> body, JsonException exception)
    {
        var kind = BodyKind.Describe(body);
        return kind == BodyKind.JsonObject
            ? $"{kind} that is broken in line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}"
            : kind;
    }

    private static ListingPage ReadRoot(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, DateTimeOffset? cloudTime)
    {
        List<ListedItem>? items = null;
        int? totalCount = null;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            var isJobs = !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual("jobs"u8);
            var isTotal = !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual("total_count"u8);
            reader.Read();
            if (isJobs)
            {
                items = ReadItems(ref reader, body);
            }
            else if (isTotal)
            {
                totalCount = ReadCount(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return items is not null
            ? new ListingPage(items, totalCount, cloudTime)
            : throw new FormatException("a JSON object without a list of jobs");
    }

    private static List<ListedItem> ReadItems(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        // An empty list is null where the server is written in a language that has no difference between the two.
        if (reader.TokenType is JsonTokenType.Null)
        {
            return [];
        }

        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new FormatException("a JSON object whose jobs are no array");
        }

        List<ListedItem> items = [];
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            items.Add(items.Count < MaxItems
                ? JobReader.Read(ref reader, body)
                : throw new FormatException("a list of more jobs than one answer may have"));
        }

        return items;
    }

    private static int? ReadCount(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number or JsonTokenType.String:
                return Utf8Parser.TryParse(reader.ValueSpan, out int count, out var consumed)
                       && consumed == reader.ValueSpan.Length && count >= 0
                    ? count
                    : null;
            default:
                reader.Skip();
                return null;
        }
    }
}
