using System.Text.Json;
using System.Text.Json.Nodes;
using JobWatcher.Simulator.Answers;

namespace JobWatcher.Simulator.Jobs;

/// <summary>Changes some fields of a job, named as in the API.</summary>
internal static class JobPatch
{
    /// <summary>
    /// The job with the patch's fields. A job that ends by it, and is not told when, ends at <paramref name="time"/>.
    /// </summary>
    /// <exception cref="JsonException">There is no such field, or its value is of the wrong type.</exception>
    public static SimulatedJob Apply(SimulatedJob job, JsonObject patch, DateTimeOffset time)
    {
        var merged = JsonSerializer.SerializeToNode(job, Json.Options)!.AsObject();
        foreach (var (name, value) in patch)
        {
            merged[name] = value?.DeepClone();
        }

        var patched = merged.Deserialize<SimulatedJob>(Json.Options)!;
        return EndsBy(patch) && string.IsNullOrEmpty(patched.EndedTime) ? patched with { Ended = time } : patched;
    }

    private static bool EndsBy(JsonObject patch)
        => !patch.ContainsKey("ended_time")
        && patch["status"] is JsonValue status
        && status.TryGetValue<string>(out var text)
        && text is (JobStatuses.Completed or JobStatuses.Failed or JobStatuses.Canceled);
}
