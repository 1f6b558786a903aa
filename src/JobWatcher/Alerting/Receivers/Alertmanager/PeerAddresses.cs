using System.Net;
using System.Net.Sockets;

namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>
/// Finds the Alertmanagers behind one address: each of those that its name stands for is told on its own, as a headless
/// service of Kubernetes means it.
/// </summary>
/// <param name="url">The address.</param>
/// <param name="isProxied">Whether a proxy resolves the name.</param>
/// <param name="resolve">Resolves a name.</param>
/// <param name="time">The time of waits.</param>
internal sealed class PeerAddresses(
    Uri url, bool isProxied, Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeProvider time)
{
    private const int MostPeers = 64;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly bool _isResolved = !isProxied && !url.IsLoopback && url.HostNameType is UriHostNameType.Dns;

    /// <summary>Those that were found last; null stands for the address as it is, for the system to resolve.</summary>
    public IReadOnlyList<IPAddress?> Last { get; private set; } = [null];

    /// <summary>Looks again. A name that cannot be resolved now leaves those that were found last.</summary>
    public async Task<IReadOnlyList<IPAddress?>> LookAsync(CancellationToken cancellationToken)
    {
        if (!_isResolved)
        {
            return Last;
        }

        try
        {
            var found = await resolve(url.IdnHost, cancellationToken).WaitAsync(LongestWait, time, cancellationToken);
            if (found.Length > 0)
            {
                Last = [.. OfOneFamily(found).Distinct().Take(MostPeers)];
            }
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException)
        {
            // Posts to those of before, or to the name itself, tell whether they are there.
        }

        return Last;
    }

    // A peer with an IPv4 and an IPv6 address must not be two; the system puts first what can be reached.
    private static IEnumerable<IPAddress> OfOneFamily(IPAddress[] found) =>
        found.Where(address => address.AddressFamily == found[0].AddressFamily);
}
