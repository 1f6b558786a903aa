using System.Net;
using System.Net.Sockets;
using JobWatcher.Alerting.Receivers.Alertmanager;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.Tests.Alerting.Receivers.Alertmanager;

public sealed class PeerAddressesTests
{
    private readonly FakeTimeProvider _time = new();
    private Func<Task<IPAddress[]>> _resolve = () => Task.FromResult(Array.Empty<IPAddress>());
    private int _resolutions;

    [Fact]
    public async Task A_name_stands_for_all_its_addresses_as_they_are_now()
    {
        var peers = Of("http://alertmanager-operated:9093");
        Resolves("10.0.0.1", "10.0.0.2", "10.0.0.1");
        Assert.Equal(["10.0.0.1", "10.0.0.2"], await LookAsync(peers));

        Resolves("10.0.0.2", "10.0.0.3");
        Assert.Equal(["10.0.0.2", "10.0.0.3"], await LookAsync(peers));
    }

    [Fact]
    public async Task A_peer_with_two_kinds_of_addresses_is_one()
    {
        var peers = Of("http://alertmanager-operated:9093");

        Resolves("fd00::1", "10.0.0.1", "fd00::2", "10.0.0.2");

        Assert.Equal(["fd00::1", "fd00::2"], await LookAsync(peers));
    }

    [Theory]
    [InlineData("http://10.0.0.1:9093", false)]
    [InlineData("http://[fd00::1]:9093", false)]
    [InlineData("http://localhost:9093", false)]
    [InlineData("https://alertmanager.example.com", true)]
    public async Task An_address_loopback_and_what_a_proxy_resolves_are_taken_as_they_are(string url, bool isProxied)
    {
        Resolves("10.0.0.9");

        Assert.Equal([null], await LookAsync(Of(url, isProxied)));
        Assert.Equal(0, _resolutions);
    }

    [Fact]
    public async Task A_name_that_cannot_be_resolved_leaves_what_was_known()
    {
        var peers = Of("http://alertmanager-operated:9093");
        _resolve = () => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
        Assert.Equal([null], await LookAsync(peers));
        Resolves("10.0.0.1");
        await LookAsync(peers);
        _resolve = () => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.TryAgain));

        Assert.Equal(["10.0.0.1"], await LookAsync(peers));
        Resolves();
        Assert.Equal(["10.0.0.1"], await LookAsync(peers));
    }

    [Fact]
    public async Task A_resolver_that_hangs_is_given_up()
    {
        var peers = Of("http://alertmanager-operated:9093");
        _resolve = () => new TaskCompletionSource<IPAddress[]>().Task;

        var look = LookAsync(peers);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([null], await look);
    }

    private PeerAddresses Of(string url, bool isProxied = false) => new(
        new Uri(url),
        isProxied,
        (_, _) =>
        {
            _resolutions++;
            return _resolve();
        },
        _time);

    private void Resolves(params string[] addresses) =>
        _resolve = () => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray());

    private static async Task<IEnumerable<string?>> LookAsync(PeerAddresses peers) =>
        (await peers.LookAsync(TestContext.Current.CancellationToken)).Select(address => address?.ToString());
}
