using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.HuaweiCloud.Http.Resilience;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Storage;

namespace JobWatcher.Polling;

/// <summary>Makes the watches of the planned targets, each with a client of its own over one shared connection pool.</summary>
internal sealed class TargetWatchFactory(
    IReadOnlyList<PlannedTarget> plan,
    EntryShares shares,
    IHttpClientFactory http,
    IWatchStore store,
    PollReports reports,
    TimeProvider time)
{
    /// <summary>The name of the HTTP client that all targets share.</summary>
    public const string HttpClientName = "HuaweiCloud";

    private readonly EndpointBreakers _breakers = new(time);

    /// <summary>Makes all.</summary>
    public IReadOnlyList<TargetWatch> CreateAll() => [.. plan.Select(Create)];

    private TargetWatch Create(PlannedTarget planned)
    {
        var calls = new ApiCalls();
        var share = shares.For(planned.Target.Credentials);
        var clock = new PollClock(time);
        var options = new ImmediateJobsClientOptions
        {
            Endpoint = planned.Target.Endpoint,
            ProjectId = planned.Target.ProjectId,
            Language = planned.Language,
            RequestTimeout = planned.RequestTimeout,
            Called = calls.Count,
            Breaker = _breakers.For(planned.Target.Endpoint),
            Limits = share.Limits,
            Clock = clock,
        };
        var client = new ImmediateJobsClient(http.CreateClient(HttpClientName), options, planned.Credentials, time);
        return new TargetWatch(planned.Target, share, clock, calls, client, store, reports, time);
    }
}
