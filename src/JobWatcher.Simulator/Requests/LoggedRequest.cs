using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Requests;

/// <summary>A request as it arrived, without its secrets.</summary>
/// <param name="Time">On the cloud's clock.</param>
/// <param name="Method">In upper case.</param>
/// <param name="Path">Decoded.</param>
/// <param name="Query">As it travelled, with its question mark; empty where there is none.</param>
/// <param name="Operation">Null where no API has that path.</param>
/// <param name="Project">The project of the path, if any.</param>
/// <param name="AccessKey">The access key id of a signed request, whether it was believed or not.</param>
public sealed record LoggedRequest(
    DateTimeOffset Time,
    string Method,
    string Path,
    string Query,
    ApiOperation? Operation,
    string? Project,
    string? AccessKey)
{
    private volatile int status;
    private volatile bool isSent;
    private volatile IReadOnlyList<ShownJob>? shown;

    /// <summary>The answer's status; null until one is sent, and for ever where there was none.</summary>
    public int? Status => status == 0 ? null : status;

    /// <summary>Whether the answer was handed to the network to its end. The caller may have gone nevertheless.</summary>
    internal bool IsSent => isSent;

    /// <summary>The jobs of the answer's page, also where it was cut off later; null where the answer was no page.</summary>
    internal IReadOnlyList<ShownJob>? Shown => shown;

    internal void Answered(int with) => status = with;

    internal void Shows(IEnumerable<SimulatedJob> jobs) => shown = [.. jobs.Select(job => new ShownJob(job.JobId, job.Status))];

    internal void Sent() => isSent = true;
}
