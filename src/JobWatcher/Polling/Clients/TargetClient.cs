using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Polling.Clients;

/// <summary>
/// A target's client, which needs the project's id: configured, or looked up when it is first needed and until it is
/// found. One caller at a time.
/// </summary>
/// <param name="projectId">The configured id; null to look it up.</param>
/// <param name="find">Looks it up.</param>
/// <param name="make">Makes the client of a project.</param>
internal sealed class TargetClient(
    string? projectId,
    Func<CancellationToken, Task<string>> find,
    Func<string, IImmediateJobsClient> make)
{
    private IImmediateJobsClient? _client;

    /// <summary>The project's id; null while it is not known.</summary>
    public string? ProjectId { get; private set; } = projectId;

    /// <summary>The client of a project that is known already.</summary>
    public static TargetClient Of(string projectId, IImmediateJobsClient client) =>
        new(projectId, _ => Task.FromResult(projectId), _ => client);

    /// <summary>The client.</summary>
    /// <exception cref="HuaweiCloud.CloudException">The project was to be looked up, and could not be.</exception>
    public async ValueTask<IImmediateJobsClient> GetAsync(CancellationToken cancellationToken)
    {
        ProjectId ??= await find(cancellationToken);
        return _client ??= make(ProjectId);
    }
}
