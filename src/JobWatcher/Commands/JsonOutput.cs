using System.Text.Json;

namespace JobWatcher.Commands;

/// <summary>What <c>--output json</c> prints.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes one array, each item as it comes.</summary>
    public static async Task WriteArrayAsync<T>(IAsyncEnumerable<T> items, TextWriter output)
    {
        var opening = "[";
        await foreach (var item in items)
        {
            // The only line ends in JSON are those between its parts.
            var text = JsonSerializer.Serialize(item, Options).ReplaceLineEndings("\n  ");
            await output.WriteAsync($"{opening}\n  {text}");
            opening = ",";
        }

        await output.WriteLineAsync(opening == "[" ? "[]" : "\n]");
    }
}
