using JobWatcher.HuaweiCloud.Http.Clocks;
using JobWatcher.HuaweiCloud.Http.Resilience;

namespace JobWatcher.HuaweiCloud.Identity;

/// <summary>Where the identity service answers, and how long to wait for it.</summary>
public sealed record IdentityClientOptions
{
    /// <summary>The service's address: an absolute http or https address without query and user.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>How long one attempt may take.</summary>
    /// <value>10 seconds by default.</value>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Told of each HTTP request when its attempt is over; must not block or throw.</summary>
    public Action<ApiCall>? Called { get; init; }

    /// <summary>The circuit breaker of the endpoint.</summary>
    /// <value>One of the client's own by default.</value>
    public EndpointBreaker? Breaker { get; init; }

    /// <summary>The clock of the endpoint, by which requests are signed where this machine's is wrong.</summary>
    /// <value>One of the client's own by default.</value>
    public EndpointClock? EndpointClock { get; init; }
}
