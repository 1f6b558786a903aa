using System.Collections.Concurrent;

namespace JobWatcher.HuaweiCloud.Http.Clocks;

/// <summary>The clocks of all endpoints of a process. Thread safe.</summary>
/// <param name="time">This machine's clock and the monotonic one.</param>
/// <param name="skewed">Told of each skew as <see cref="EndpointClock"/> tells it: must not block or throw.</param>
public sealed class EndpointClocks(TimeProvider time, Action<ClockSkew>? skewed = null)
{
    private readonly ConcurrentDictionary<string, EndpointClock> _clocks = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The clock of an endpoint, told apart by scheme, host and port.</summary>
    public EndpointClock For(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return _clocks.GetOrAdd(
            endpoint.GetLeftPart(UriPartial.Authority),
            name => new EndpointClock(time, skew => skewed?.Invoke(new ClockSkew(name, skew))));
    }
}
