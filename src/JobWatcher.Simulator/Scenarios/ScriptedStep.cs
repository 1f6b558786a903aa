using System.Text.Json.Nodes;

namespace JobWatcher.Simulator.Scenarios;

/// <summary>A change of a scripted job.</summary>
public sealed record ScriptedStep
{
    /// <summary>In seconds after the job's creation.</summary>
    public required double AfterSeconds { get; init; }

    /// <summary>The fields that change, named as in the API. An end without <c>ended_time</c> gets it.</summary>
    public JsonObject Set { get; init; } = [];

    /// <summary>Whether the job leaves the list.</summary>
    public bool Remove { get; init; }
}
