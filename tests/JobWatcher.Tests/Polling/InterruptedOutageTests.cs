using JobWatcher.Storage;
using JobWatcher.Tests.Reporting;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling;

/// <summary>Rule R4 of the protocol: the events of an outage that a restart, a kill or a fault of the store interrupts.</summary>
public sealed class InterruptedOutageTests : IDisposable
{
    private readonly WatchRig _rig = new();

    private string[] Told =>
        [.. _rig.Log.Names.Where(name => name.StartsWith("Target", StringComparison.Ordinal) && name != "TargetBaselined")];

    [Fact]
    public async Task An_outage_that_a_restart_interrupts_is_still_told_once()
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(6));
        _rig.Restart();

        await _rig.PollAgainAsync();

        Assert.Equal(["TargetBaselined", "PollFailed", "TargetUnreachable"], _rig.Log.Names);
    }

    [Fact]
    public async Task A_process_that_is_killed_at_the_commit_has_told_the_outage_and_its_end()
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(4));
        var told = new List<string>();
        _rig.Store.BeforeCommit = _ =>
        {
            told.Add(_rig.Log.Names[^1]);
            return Task.CompletedTask;
        };

        await _rig.FailForAsync(TimeSpan.FromMinutes(2));
        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetUnreachable", "TargetRecovered"], told);
    }

    [Fact]
    public async Task An_outage_that_was_told_by_a_process_that_was_killed_just_then_is_told_to_end_by_the_next()
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(4));
        _rig.Store.BeforeCommit = _ => throw new StoreException("The process is killed.");
        await _rig.FailForAsync(TimeSpan.FromMinutes(2));
        _rig.Restart();
        _rig.Store.BeforeCommit = null;

        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetUnreachable", "TargetUnreachable", "TargetRecovered"], Told);
    }

    [Fact]
    public async Task An_outage_that_one_poll_alone_makes_long_is_told_to_end_by_the_process_after_a_kill()
    {
        await _rig.BaselineAsync();
        _rig.Client.FailsAfter(_rig.Target.UnknownAfter, _rig.Time);
        _rig.Store.BeforeCommit = _ => Told.Length > 0 ? throw new StoreException("The process is killed.") : Task.CompletedTask;
        await _rig.PollAgainAsync();
        _rig.Restart();
        _rig.Store.BeforeCommit = null;

        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetUnreachable", "TargetUnreachable", "TargetRecovered"], Told);
    }

    [Fact]
    public async Task An_outage_that_one_poll_alone_makes_long_is_left_to_the_next_process_by_one_that_stops()
    {
        await _rig.BaselineAsync();
        _rig.Client.FailsAfter(_rig.Target.UnknownAfter, _rig.Time);
        using var stopping = new CancellationTokenSource();
        _rig.Store.AfterCommit = stopping.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _rig.Watch.PollAsync(stopping.Token));
        Assert.Empty(Told);
        _rig.Restart();
        _rig.Store.AfterCommit = null;

        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetUnreachable", "TargetRecovered"], Told);
    }

    [Fact]
    public async Task An_outage_that_one_poll_alone_makes_long_and_the_store_does_not_take_at_once_is_told_once()
    {
        await _rig.BaselineAsync();
        _rig.Client.FailsAfter(_rig.Target.UnknownAfter, _rig.Time);
        _rig.Store.BeforeCommit = _ => Told.Length > 0 ? throw new StoreException("The disk is full.") : Task.CompletedTask;
        await _rig.PollAgainAsync();
        await _rig.PollAgainAsync();
        _rig.Store.BeforeCommit = null;
        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetUnreachable", "TargetRecovered"], Told);
        _rig.Log.Single("PollFailed");
    }

    [Fact]
    public async Task An_outage_that_one_poll_alone_makes_long_is_told_though_the_store_says_that_it_did_not_take_what_it_took()
    {
        await _rig.BaselineAsync();
        _rig.Client.FailsAfter(_rig.Target.UnknownAfter, _rig.Time);
        _rig.Store.AfterCommit = () => throw new StoreException("The disk is gone.");
        await _rig.PollAgainAsync();
        _rig.Store.AfterCommit = null;

        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetUnreachable", "TargetRecovered"], Told);
    }

    [Fact]
    public async Task A_process_that_stops_leaves_the_beginning_of_an_outage_to_the_next()
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(4));
        _rig.Time.Advance(TimeSpan.FromMinutes(2));

        await StopWhileListingAsync();

        Assert.Empty(Told);
        _rig.Client.Fails();
        await _rig.PollAgainAsync();
        Assert.Equal(["TargetUnreachable"], Told);
    }

    [Fact]
    public async Task A_process_that_stops_leaves_the_end_of_an_outage_to_the_next()
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(6));
        _rig.Client.Lists(Complete(Running()));

        await StopWhileListingAsync();

        Assert.Equal(["TargetUnreachable"], Told);
        await _rig.PollNextAsync(Running());
        Assert.Equal(["TargetUnreachable", "TargetRecovered"], Told);
    }

    [Theory]
    [InlineData(4, new[] { "TargetUnreachable" })]
    [InlineData(6, new[] { "TargetUnreachable", "TargetRecovered" })]
    public async Task What_was_told_of_an_outage_is_committed_by_a_process_that_stops_meanwhile(int minutes, string[] told)
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(minutes));
        _rig.Time.Advance(TimeSpan.FromMinutes(2));
        if (told.Length > 1)
        {
            _rig.Client.Lists(Complete(Running()));
        }

        using var stopping = new CancellationTokenSource();
        _rig.Store.BeforeCommit = _ => stopping.CancelAsync();
        await _rig.Watch.PollAsync(stopping.Token);
        _rig.Restart();
        _rig.Store.BeforeCommit = null;
        await _rig.PollAsync();

        Assert.Equal(told, Told);
    }

    [Fact]
    public async Task A_process_that_stops_does_not_wait_for_its_store_for_long()
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(6));
        _rig.Client.Lists(Complete(Running()));
        using var stopping = new CancellationTokenSource();
        _rig.Store.BeforeCommit = async _ =>
        {
            await stopping.CancelAsync();
            _rig.Time.Advance(TimeSpan.FromSeconds(2));
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _rig.Watch.PollAsync(stopping.Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_short_outage_is_none_whichever_process_sees_its_end(bool isRestarted)
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(4));
        if (isRestarted)
        {
            _rig.Restart();
        }

        await _rig.PollNextAsync(Running());

        Assert.Empty(Told);
    }

    [Fact]
    public async Task An_outage_that_the_store_cannot_note_is_told_once_by_each_process()
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(4));
        _rig.Store.BeforeCommit = _ => throw new StoreException("The disk is full.");
        await _rig.FailForAsync(TimeSpan.FromMinutes(3));
        Assert.Single(_rig.Log.Names, name => name == "TargetUnreachable");

        _rig.Restart();
        _rig.Store.BeforeCommit = null;
        await _rig.PollAgainAsync();

        Assert.Equal(2, _rig.Log.Names.Count(name => name == "TargetUnreachable"));
    }

    [Fact]
    public async Task An_outage_that_was_told_and_not_committed_is_told_to_end()
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(4));
        _rig.Store.BeforeCommit = _ => throw new StoreException("The disk is full.");
        await _rig.FailForAsync(TimeSpan.FromMinutes(3));
        _rig.Store.BeforeCommit = null;

        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetUnreachable", "TargetRecovered"], Told);
        Assert.DoesNotContain("PollRecovered", _rig.Log.Names);
    }

    [Fact]
    public async Task A_recovery_that_the_store_cannot_note_is_told_once_also_when_polls_fail_meanwhile()
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(6));
        _rig.Store.BeforeCommit = _ => throw new StoreException("The disk is full.");
        await _rig.PollNextAsync(Running());
        await _rig.PollNextAsync(Running());
        await _rig.FailForAsync(TimeSpan.FromMinutes(1));

        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetUnreachable", "TargetRecovered"], Told);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_outage_after_a_recovery_that_was_told_and_not_committed_is_another_one(bool isOvertaken)
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(6));
        _rig.Store.BeforeCommit = async _ =>
        {
            _rig.Store.BeforeCommit = null;
            if (!isOvertaken)
            {
                throw new StoreException("The disk is full.");
            }

            var row = _rig.Store.Target("prod");
            await _rig.Store.CommitAsync(new PollCommit { Target = row }, WatchRig.Token);
        };
        await _rig.PollNextAsync(Running());

        await _rig.FailForAsync(TimeSpan.FromMinutes(1));
        var began = _rig.Store.Target("prod");
        await _rig.FailForAsync(TimeSpan.FromMinutes(60));
        var toldMeanwhile = Told;
        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetUnreachable", "TargetRecovered", "TargetUnreachable"], toldMeanwhile);
        Assert.Equal([.. toldMeanwhile, "TargetRecovered"], Told);
        Assert.False(began.OutageReported);
        Assert.Equal(began.FailingSince!.Value.UtcDateTime, _rig.Log.Last("TargetUnreachable").Field("Since"));
        Assert.Equal(began.FailingSince!.Value.UtcDateTime, _rig.Log.Last("TargetRecovered").Field("Since"));
        Assert.Equal(300.0, _rig.Log.Last("TargetUnreachable").Field("OutageSeconds"));
    }

    [Fact]
    public async Task An_outage_that_was_told_is_told_to_end_whatever_the_configuration_says_now()
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(6));
        _rig.Restart(_rig.Target with { UnknownAfter = TimeSpan.FromHours(1) });
        await _rig.PollAgainAsync();

        await _rig.PollNextAsync(Running());

        _rig.Log.Single("TargetRecovered");
    }

    [Fact]
    public async Task An_outage_that_goes_on_over_a_restart_counts_from_its_first_failed_poll()
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(2));
        _rig.Restart();
        _rig.Time.Advance(TimeSpan.FromMinutes(3));

        await _rig.PollAgainAsync();

        _rig.Log.Single("TargetUnreachable");
    }

    public void Dispose() => _rig.Dispose();

    private async Task StopWhileListingAsync()
    {
        using var stopping = new CancellationTokenSource();
        var answer = _rig.Client.Answer;
        _rig.Client.Answer = async token =>
        {
            await stopping.CancelAsync();
            return await answer(token);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _rig.Watch.PollAsync(stopping.Token));
        _rig.Client.Answer = answer;
        _rig.Restart();
    }
}
