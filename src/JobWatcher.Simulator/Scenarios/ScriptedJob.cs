using System.Text.Json.Nodes;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Scenarios;

/// <summary>A job of a script.</summary>
public sealed record ScriptedJob
{
    /// <summary>Only in this project; null: in all.</summary>
    public string? Project { get; init; }

    /// <summary>When it is created, in seconds after the start; negative for a job that is there before.</summary>
    public double AtSeconds { get; init; }

    /// <summary>Its fields, named as in the API. Without <c>job_id</c> and <c>created_time</c> it gets these.</summary>
    public required JsonObject Job { get; init; }

    /// <summary>What becomes of it, in order.</summary>
    public IReadOnlyList<ScriptedStep> Steps { get; init; } = [];

    internal IEnumerable<JobChange> Changes(int index, DateTimeOffset start)
    {
        var created = start.AddSeconds(AtSeconds);
        var id = DeterministicId.Uuid($"scripted job {index}");
        var blank = SimulatedJob.Pending("RebootGaussDBforMySQLInstance", created, id);
        var job = JobPatch.Apply(blank, Job, created);
        yield return new JobChange(created, job.JobId, job);
        foreach (var step in Steps)
        {
            var time = created.AddSeconds(step.AfterSeconds);
            job = JobPatch.Apply(job, step.Set, time);
            yield return new JobChange(time, job.JobId, step.Remove ? null : job);
        }
    }
}
