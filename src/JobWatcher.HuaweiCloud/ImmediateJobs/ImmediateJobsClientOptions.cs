using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.HuaweiCloud.Http.Clocks;
using JobWatcher.HuaweiCloud.Http.Resilience;
using JobWatcher.HuaweiCloud.Isolation;

namespace JobWatcher.HuaweiCloud.ImmediateJobs;

/// <summary>Which project a client lists, and how.</summary>
public sealed record ImmediateJobsClientOptions
{
    /// <summary>Where the API answers.</summary>
    /// <value>An absolute http or https address; it may have a path, but no query and no user.</value>
    public required Uri Endpoint { get; init; }

    /// <summary>The project: 32 lower-case letters and digits, one for an account and region.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The language of the API's messages.</summary>
    /// <value><c>en-us</c> (default) or <c>zh-cn</c>.</value>
    public string Language { get; init; } = "en-us";

    /// <summary>How long one attempt may take, from the connection to the last byte of the answer.</summary>
    /// <value>10 seconds by default.</value>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Told of each HTTP request when its attempt is over, retries included. Called on the thread of the request: it must
    /// not block or throw.
    /// </summary>
    public Action<ApiCall>? Called { get; init; }

    /// <summary>The circuit breaker of the endpoint, shared by all its targets.</summary>
    /// <value>One of the client's own by default.</value>
    public EndpointBreaker? Breaker { get; init; }

    /// <summary>The clock of the endpoint, shared by all its targets; requests are signed by it where this machine's is wrong.</summary>
    /// <value>One of the client's own by default.</value>
    public EndpointClock? EndpointClock { get; init; }

    /// <summary>The budget and the slots of the credentials entry, shared by all its targets.</summary>
    /// <value>Null by default: no limits.</value>
    public EntryLimits? Limits { get; init; }

    /// <summary>The clock of this target's polls, which stands still while a request waits for <see cref="Limits"/>.</summary>
    /// <value>Null by default: nobody needs to know.</value>
    public PollClock? Clock { get; init; }
}
