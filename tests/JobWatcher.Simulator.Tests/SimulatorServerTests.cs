using System.Net;

namespace JobWatcher.Simulator.Tests;

public sealed class SimulatorServerTests
{
    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://192.0.2.1:0")]
    [InlineData("http://example.com:0")]
    [InlineData("https://127.0.0.1:0")]
    public async Task It_listens_on_loopback_alone(string address)
    {
        var start = () => SimulatorServer.StartAsync(new() { Listen = new Uri(address) });

        var refused = await Assert.ThrowsAsync<ArgumentException>(start);
        Assert.Contains(address, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_refused()
    {
        await using var cloud = await TestCloud.StartAsync();
        var start = () => SimulatorServer.StartAsync(new() { Listen = cloud.Server.BaseAddress });

        await Assert.ThrowsAsync<IOException>(start);
    }

    [Fact]
    public async Task Other_paths_are_no_api()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var response = await cloud.Client.GetAsync(new Uri("/v3/jobs", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("APIGW.0101", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
