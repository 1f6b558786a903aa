using System.Text.Json;
using JobWatcher.Simulator.Answers;

namespace JobWatcher.Simulator.Scenarios;

/// <summary>Jobs and what becomes of them, word for word: a scenario from a file.</summary>
public sealed record ScenarioScript
{
    /// <summary>In any order.</summary>
    public required IReadOnlyList<ScriptedJob> Jobs { get; init; }

    /// <summary>Reads a script in JSON.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="FormatException">It is no script; the message names the file and the place.</exception>
    public static ScenarioScript Load(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var script = JsonSerializer.Deserialize<ScenarioScript>(file, Json.Options)
                ?? throw new JsonException("The script is null.");

            // Faults inside of jobs are to be told now and not at the first request.
            _ = script.Jobs.SelectMany((job, index) => job.Changes(index, DateTimeOffset.UnixEpoch)).Count();
            return script;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentOutOfRangeException)
        {
            throw new FormatException($"{path} is no scenario: {fault.Message}", fault);
        }
    }
}
