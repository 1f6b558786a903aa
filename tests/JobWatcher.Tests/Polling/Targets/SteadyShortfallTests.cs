using JobWatcher.HuaweiCloud.ImmediateJobs;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling.Targets;

/// <summary>Rule L2 of the protocol: what a listing that does not add up allows to conclude.</summary>
public sealed class SteadyShortfallTests : IDisposable
{
    private readonly WatchRig _rig = new();

    private int Known => _rig.Watch.State.Snapshot.Jobs.Count;

    [Fact]
    public async Task The_same_shortfall_three_times_in_a_row_is_the_servers_own_and_look_ups_decide()
    {
        await _rig.BaselineAsync(Running("a"), Running("b"));
        _rig.Client.LookUps["a"] = new LookUp(LookUpVerdict.Gone);
        _rig.Client.Lists(Incomplete(Running("b")));

        await PollAsync(times: 3);
        var before = Known;
        await PollAsync(times: 1);

        Assert.Equal((2, 1), (before, Known));
    }

    [Fact]
    public async Task Another_shortfall_each_time_allows_no_conclusion()
    {
        await _rig.BaselineAsync(Running("a"), Running("b"));
        _rig.Client.LookUps["a"] = new LookUp(LookUpVerdict.Gone);

        foreach (var shortfall in Enumerable.Range(1, 6))
        {
            _rig.Client.Lists(Incomplete(Running("b")) with { TotalCount = 1 + shortfall });
            await PollAsync(times: 1);
        }

        Assert.Equal(2, Known);
    }

    [Fact]
    public async Task A_listing_that_adds_up_starts_the_count_anew()
    {
        await _rig.BaselineAsync(Running("a"), Running("b"));
        _rig.Client.Lists(Incomplete(Running("b")));
        await PollAsync(times: 2);
        await _rig.PollNextAsync(Running("a"), Running("b"));
        _rig.Client.Lists(Incomplete(Running("b")));

        await PollAsync(times: 1);

        Assert.Equal(0, _rig.Watch.State.Snapshot.Jobs["a"].Missed);
    }

    [Fact]
    public async Task Without_a_look_up_that_says_so_an_open_job_stays()
    {
        await _rig.BaselineAsync(Running("a"), Running("b"));
        _rig.Client.LookUps["a"] = new LookUp(LookUpVerdict.Unproven);
        _rig.Client.Lists(Incomplete(Running("b")));

        await PollAsync(times: 6);

        Assert.Equal(2, Known);
    }

    public void Dispose() => _rig.Dispose();

    private async Task PollAsync(int times)
    {
        for (var poll = 0; poll < times; poll++)
        {
            await _rig.PollAgainAsync();
        }
    }
}
