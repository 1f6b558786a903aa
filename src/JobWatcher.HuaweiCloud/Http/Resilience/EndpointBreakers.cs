using System.Collections.Concurrent;

namespace JobWatcher.HuaweiCloud.Http.Resilience;

/// <summary>The circuit breakers of all endpoints of a process. Thread safe.</summary>
public sealed class EndpointBreakers(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, EndpointBreaker> _breakers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The breaker of an endpoint, told apart by scheme, host and port.</summary>
    public EndpointBreaker For(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return _breakers.GetOrAdd(endpoint.GetLeftPart(UriPartial.Authority), _ => new EndpointBreaker(time));
    }
}
