using JobWatcher.Tests.Polling;

namespace JobWatcher.Tests.Web;

[Collection(nameof(ServiceRig))]
public sealed class HealthTests : IAsyncLifetime
{
    private ServiceRig _service = null!;

    public async ValueTask InitializeAsync() => _service = await ServiceRig.StartAsync();

    [Fact]
    public async Task A_service_that_polls_is_alive_and_ready()
    {
        Assert.Equal((200, "ok\n"), await _service.GetAsync("/livez"));
        Assert.Equal((200, "ok\n"), await _service.GetAsync("/readyz"));
    }

    [Fact]
    public async Task A_service_whose_polls_are_not_attempted_is_not_alive()
    {
        _service.Rig.Time.Advance(TimeSpan.FromMinutes(7));

        var (status, body) = await _service.GetAsync("/livez");

        Assert.Equal((503, "no poll has been attempted in time for: prod\n"), (status, body));
    }

    [Fact]
    public async Task Store_and_cloud_may_both_be_away_for_long_while_attempts_to_poll_go_on_but_not_when_they_cease()
    {
        await _service.Rig.BaselineAsync();
        _service.Rig.Store.IsDown = true;
        _service.Rig.Client.Fails();
        var began = _service.Rig.Time.GetUtcNow();

        var alive = new List<(int Status, string Body)>();
        while (_service.Rig.Time.GetUtcNow() - began <= TimeSpan.FromMinutes(15))
        {
            await _service.Rig.PollAgainAsync();
            alive.Add(await _service.GetAsync("/livez"));
        }

        _service.Rig.Time.Advance(TimeSpan.FromMinutes(7));

        Assert.All(alive, answer => Assert.Equal((200, "ok\n"), answer));
        Assert.Equal((503, "no poll has been attempted in time for: prod\n"), await _service.GetAsync("/livez"));
    }

    [Fact]
    public async Task A_service_without_its_store_is_alive_and_not_ready_until_it_is_back()
    {
        _service.Rig.Store.IsDown = true;
        var alive = await _service.GetAsync("/livez");
        var ready = await _service.GetAsync("/readyz");
        _service.Rig.Store.IsDown = false;

        Assert.Equal((200, "ok\n"), alive);
        Assert.Equal((503, "The disk is full.\n"), ready);
        Assert.Equal((200, "ok\n"), await _service.GetAsync("/readyz"));
    }

    [Fact]
    public async Task A_service_that_stops_is_not_ready()
    {
        await _service.Get<JobWatcher.Polling.Scheduling.PollSchedule>().StopAsync(WatchRig.Token);

        Assert.Equal((503, "the scheduler does not run\n"), await _service.GetAsync("/readyz"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/metrics/x")]
    [InlineData("/LIVEZ/x")]
    public async Task Nothing_else_is_there(string path) => Assert.Equal(404, (await _service.GetAsync(path)).Status);

    public ValueTask DisposeAsync() => _service.DisposeAsync();
}
