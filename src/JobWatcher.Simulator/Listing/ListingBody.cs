using System.Buffers;
using System.Text.Json;
using JobWatcher.Simulator.Answers;

namespace JobWatcher.Simulator.Listing;

/// <summary>Writes a page as the reference's example does.</summary>
internal static class ListingBody
{
    public static ReadOnlyMemory<byte> Write(JobPage page)
    {
        var buffer = new ArrayBufferWriter<byte>();

        // Malformed items are the point of that fault: the writer must not complain about them.
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = Json.Options.Encoder, SkipValidation = true }))
        {
            writer.WriteStartObject();
            WriteJobs(writer, page);
            writer.WriteNumber("total_count", page.TotalCount);
            WriteNames(writer, page.ActionNames);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteJobs(Utf8JsonWriter writer, JobPage page)
    {
        writer.WriteStartArray("jobs");
        foreach (var item in page.MalformedItems)
        {
            writer.WriteRawValue(item, skipInputValidation: true);
        }

        foreach (var job in page.Jobs.Concat(page.MadeUpJobs))
        {
            JsonSerializer.Serialize(writer, job, Json.Options);
        }

        writer.WriteEndArray();
    }

    private static void WriteNames(Utf8JsonWriter writer, IReadOnlyList<string>? names)
    {
        if (names is not null)
        {
            writer.WritePropertyName("action_names");
            JsonSerializer.Serialize(writer, names, Json.Options);
        }
    }
}
