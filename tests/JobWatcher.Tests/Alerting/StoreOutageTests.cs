using CsCheck;
using JobWatcher.Polling;
using JobWatcher.Tests.Polling;

namespace JobWatcher.Tests.Alerting;

/// <summary>Rules A2 and A8: what our own store is to blame for calls nobody for the cloud.</summary>
public sealed class StoreOutageTests
{
    [Fact]
    public async Task A_store_that_comes_back_fires_nothing_before_the_next_poll()
    {
        using var alerts = new AlertRig();
        var rig = await AwayAsync(alerts);
        await alerts.LookAsync();
        Assert.Equal((true, 0), (rig.Watch.IsUnknown, rig.Board.All.Count));

        await rig.PollNextAsync();
        await alerts.LookAsync();

        Assert.Empty(alerts.Told);
    }

    [Fact]
    public async Task A_cloud_that_does_not_answer_the_poll_after_that_fires_at_once()
    {
        using var alerts = new AlertRig();
        var rig = await AwayAsync(alerts);
        rig.Client.Fails();

        await rig.PollAgainAsync();
        await alerts.LookAsync();

        Assert.Equal(["TargetUnreachable"], alerts.Told);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_store_that_never_answers_fires_nothing_before_or_after_its_poll_is_cut_off(int pollTimeout)
    {
        using var alerts = new AlertRig(Firing.Target() with { PollTimeout = TimeSpan.FromMinutes(pollTimeout) });
        var rig = alerts.Rig;
        await alerts.PollAsync();
        rig.Store.HangsOnReading = true;
        for (var polls = 0; polls < 10; polls++)
        {
            var poll = rig.PollAgainAsync();
            for (var seconds = 0; seconds < pollTimeout * 60; seconds += 10)
            {
                await alerts.LookAfterAsync(TimeSpan.FromSeconds(10));
            }

            Assert.Equal(PollOutcome.Timeout, await poll);
        }

        var wasUnknown = rig.Watch.IsUnknown;
        rig.Store.HangsOnReading = false;
        await alerts.LookAsync();
        await rig.PollNextAsync();
        await alerts.LookAsync();

        Assert.True(wasUnknown);
        Assert.Empty(alerts.Told);
    }

    [Fact]
    public async Task A_commit_that_takes_long_fires_nothing()
    {
        using var alerts = new AlertRig();
        var rig = alerts.Rig;
        await alerts.PollAsync();
        var written = new TaskCompletionSource();
        rig.Store.BeforeCommit = _ => written.Task;

        var poll = rig.PollNextAsync();
        await alerts.LookAfterAsync(rig.Target.UnknownAfter);
        var wasUnknown = rig.Watch.IsUnknown;
        written.SetResult();
        await poll;

        Assert.True(wasUnknown);
        Assert.Empty(alerts.Told);
    }

    [Fact]
    public async Task A_fault_of_our_own_at_the_store_holds_nothing_back()
    {
        using var alerts = new AlertRig();
        var rig = alerts.Rig;
        await alerts.PollAsync();
        rig.Store.BeforeCommit = _ => throw new InvalidOperationException("A bug.");

        await rig.PollNextAsync();
        await alerts.LookAfterAsync(rig.Target.UnknownAfter);

        Assert.Equal(["TargetUnreachable"], alerts.Told);
    }

    [Fact]
    public async Task Whatever_fails_when_only_a_poll_that_the_cloud_left_unanswered_fires() =>
        await Gen.OneOf(Gen.Const("answered"), Gen.Const("refused"), Gen.Const("away")).Array[1, 25].SampleAsync(async polls =>
        {
            using var alerts = new AlertRig();
            var rig = alerts.Rig;
            await alerts.PollAsync();
            foreach (var poll in polls)
            {
                var before = alerts.Told.Count();
                rig.Store.IsDown = poll == "away";
                if (poll == "refused")
                {
                    rig.Client.Fails();
                    rig.Time.Advance(TimeSpan.FromMinutes(1));
                    await rig.PollAgainAsync();
                }
                else
                {
                    rig.Time.Advance(TimeSpan.FromMinutes(1));
                    await rig.PollNextAsync();
                }

                rig.Store.IsDown = false;
                await alerts.LookAsync();

                var firing = rig.Board.All.Count(alert => alert.IsFiring);
                Assert.True(poll == "refused" || alerts.Told.Count() == before, $"{poll} made an alert.");
                Assert.True(poll != "refused" || firing == (rig.Watch.IsUnknown ? 1 : 0), $"{poll} left {firing} that fire.");
            }
        }, iter: 200);

    // The store is away for as long as makes the state unknown, and is back.
    private static async Task<WatchRig> AwayAsync(AlertRig alerts)
    {
        var rig = alerts.Rig;
        await alerts.PollAsync();
        rig.Store.IsDown = true;
        rig.Time.Advance(rig.Target.UnknownAfter);
        Assert.Equal(PollOutcome.Error, await rig.PollAgainAsync());
        rig.Store.IsDown = false;
        return rig;
    }
}
