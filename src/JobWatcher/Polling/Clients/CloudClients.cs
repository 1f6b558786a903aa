using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.HuaweiCloud.Http.Clocks;
using JobWatcher.HuaweiCloud.Http.Handlers;
using JobWatcher.HuaweiCloud.Http.Resilience;
using JobWatcher.HuaweiCloud.Identity;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.Isolation;
using JobWatcher.Planning;
using JobWatcher.Polling.Clocks;

namespace JobWatcher.Polling.Clients;

/// <summary>
/// Makes the clients of targets over what a process shares: connection pools, circuit breakers, clocks and sources of
/// credentials.
/// </summary>
/// <param name="time">The time of all of it.</param>
/// <param name="skews">Tells that this machine's clock is wrong; null where that is told otherwise.</param>
internal sealed class CloudClients(TimeProvider time, SkewReports? skews = null) : IDisposable
{
    private readonly HttpHandlers _handlers = new(time);
    private readonly EndpointBreakers _breakers = new(time);
    private readonly EndpointClocks _clocks = new(time, skews is null ? null : skews.Tell);
    private readonly CredentialSources _sources = new(time);

    /// <summary>Makes the client of a target.</summary>
    /// <param name="planned">The target.</param>
    /// <param name="limits">What its credentials entry may ask for; null for no limits.</param>
    /// <param name="clock">The clock of its polls; null where nobody polls.</param>
    /// <param name="called">Told of each request.</param>
    /// <exception cref="InvalidDataException">The target's file of certificates cannot be used.</exception>
    public TargetClient For(PlannedTarget planned, EntryLimits? limits, PollClock? clock, Action<ApiCall> called)
    {
        var http = _handlers.CreateClient(planned.CaFile);
        var source = _sources.For(planned, () => Identity(planned, http, credentials: null, called), called);
        return new TargetClient(
            planned.Target.ProjectId.Length == 0 ? null : planned.Target.ProjectId,
            token => Identity(planned, http, source, called).FindProjectAsync(planned.Target.Region, token),
            projectId => new ImmediateJobsClient(http, OptionsOf(projectId), source, time));

        ImmediateJobsClientOptions OptionsOf(string projectId) => new()
        {
            Endpoint = planned.Target.Endpoint,
            ProjectId = projectId,
            Language = planned.Language,
            RequestTimeout = planned.RequestTimeout,
            Called = called,
            Breaker = _breakers.For(planned.Target.Endpoint),
            EndpointClock = _clocks.For(planned.Target.Endpoint),
            Limits = limits,
            Clock = clock,
        };
    }

    /// <summary>Lets go of all that none of these targets uses. No request of another may be under way any more.</summary>
    public void Keep(IReadOnlyCollection<PlannedTarget> targets)
    {
        _sources.Keep(targets);
        _handlers.Keep(targets.Select(planned => planned.CaFile).OfType<string>().ToHashSet(StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sources.Dispose();
        _handlers.Dispose();
    }

    private IdentityClient Identity(
        PlannedTarget planned, HttpClient http, ICredentialSource? credentials, Action<ApiCall> called)
    {
        var endpoint = planned.IamEndpoint ?? throw new InvalidOperationException("The configuration checks that it is there.");
        var options = new IdentityClientOptions
        {
            Endpoint = endpoint,
            RequestTimeout = planned.RequestTimeout,
            Called = called,
            Breaker = _breakers.For(endpoint),
            EndpointClock = _clocks.For(endpoint),
        };
        return new IdentityClient(http, options, credentials, time);
    }
}
