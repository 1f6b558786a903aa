using JobWatcher.HuaweiCloud;
using JobWatcher.Storage;
using Serilog.Events;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling;

/// <summary>Rule R4 of the protocol, and the events of an outage.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly WatchRig _rig = new();

    private string[] Told =>
        [.. _rig.Log.Names.Where(name => name.StartsWith("Target", StringComparison.Ordinal) && name != "TargetBaselined")];

    [Fact]
    public async Task Failing_since_is_the_start_of_the_first_poll_that_failed()
    {
        await _rig.BaselineAsync();
        _rig.Client.Fails();
        await _rig.PollAgainAsync();
        var first = _rig.Time.GetUtcNow();

        await _rig.PollAgainAsync();
        await _rig.PollAgainAsync();

        Assert.Equal(first, _rig.Store.Target("prod").FailingSince);
    }

    [Fact]
    public async Task Repeated_failures_write_nothing()
    {
        await _rig.BaselineAsync();
        _rig.Client.Fails();
        await _rig.PollAgainAsync();
        var commits = _rig.Store.Commits.Count;

        await _rig.PollAgainAsync();

        Assert.Equal(commits, _rig.Store.Commits.Count);
    }

    [Fact]
    public async Task An_outage_is_told_once_however_many_polls_fail()
    {
        await FailForAsync(TimeSpan.FromMinutes(20));

        Assert.Equal(["TargetBaselined", "PollFailed", "TargetUnreachable"], _rig.Log.Names);
    }

    [Fact]
    public async Task An_outage_that_a_restart_interrupts_is_still_told_once()
    {
        await FailForAsync(TimeSpan.FromMinutes(6));
        _rig.Restart();

        await _rig.PollAgainAsync();

        Assert.Equal(["TargetBaselined", "PollFailed", "TargetUnreachable"], _rig.Log.Names);
    }

    [Fact]
    public async Task A_process_that_is_killed_at_the_commit_has_told_the_outage_and_its_end()
    {
        await FailForAsync(TimeSpan.FromMinutes(4));
        var told = new List<string>();
        _rig.Store.BeforeCommit = _ =>
        {
            told.Add(_rig.Log.Names[^1]);
            return Task.CompletedTask;
        };

        await FailForAsync(TimeSpan.FromMinutes(2));
        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetUnreachable", "TargetRecovered"], told);
    }

    [Fact]
    public async Task An_outage_that_was_told_by_a_process_that_was_killed_just_then_is_told_to_end_by_the_next()
    {
        await FailForAsync(TimeSpan.FromMinutes(4));
        _rig.Store.BeforeCommit = _ => throw new StoreException("The process is killed.");
        await FailForAsync(TimeSpan.FromMinutes(2));
        _rig.Restart();
        _rig.Store.BeforeCommit = null;

        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetUnreachable", "TargetUnreachable", "TargetRecovered"], Told);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_short_outage_is_none_whichever_process_sees_its_end(bool isRestarted)
    {
        await FailForAsync(TimeSpan.FromMinutes(4));
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
        await FailForAsync(TimeSpan.FromMinutes(4));
        _rig.Store.BeforeCommit = _ => throw new StoreException("The disk is full.");
        await FailForAsync(TimeSpan.FromMinutes(3));
        Assert.Single(_rig.Log.Names, name => name == "TargetUnreachable");

        _rig.Restart();
        _rig.Store.BeforeCommit = null;
        await _rig.PollAgainAsync();

        Assert.Equal(2, _rig.Log.Names.Count(name => name == "TargetUnreachable"));
    }

    [Fact]
    public async Task An_outage_that_was_told_and_not_committed_is_told_to_end()
    {
        await FailForAsync(TimeSpan.FromMinutes(4));
        _rig.Store.BeforeCommit = _ => throw new StoreException("The disk is full.");
        await FailForAsync(TimeSpan.FromMinutes(3));
        _rig.Store.BeforeCommit = null;

        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetUnreachable", "TargetRecovered"], Told);
        Assert.DoesNotContain("PollRecovered", _rig.Log.Names);
    }

    [Fact]
    public async Task A_recovery_that_the_store_cannot_note_is_told_once_also_when_polls_fail_meanwhile()
    {
        await FailForAsync(TimeSpan.FromMinutes(6));
        _rig.Store.BeforeCommit = _ => throw new StoreException("The disk is full.");
        await _rig.PollNextAsync(Running());
        await _rig.PollNextAsync(Running());
        await FailForAsync(TimeSpan.FromMinutes(1));

        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetUnreachable", "TargetRecovered"], Told);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_outage_after_a_recovery_that_was_told_and_not_committed_is_another_one(bool isOvertaken)
    {
        await FailForAsync(TimeSpan.FromMinutes(6));
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

        await FailForAsync(TimeSpan.FromMinutes(1));
        var began = _rig.Store.Target("prod");
        await FailForAsync(TimeSpan.FromMinutes(60));
        var toldMeanwhile = Told;
        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetUnreachable", "TargetRecovered", "TargetUnreachable"], toldMeanwhile);
        Assert.Equal([.. toldMeanwhile, "TargetRecovered"], Told);
        Assert.False(began.OutageReported);
        Assert.Equal(began.FailingSince!.Value.UtcDateTime, Field(_rig.Log.Last("TargetUnreachable"), "Since"));
        Assert.Equal(began.FailingSince!.Value.UtcDateTime, Field(_rig.Log.Last("TargetRecovered"), "Since"));
        Assert.Equal(300.0, Field(_rig.Log.Last("TargetUnreachable"), "OutageSeconds"));
    }

    [Fact]
    public async Task An_outage_that_was_told_is_told_to_end_whatever_the_configuration_says_now()
    {
        await FailForAsync(TimeSpan.FromMinutes(6));
        _rig.Restart(_rig.Target with { UnknownAfter = TimeSpan.FromHours(1) });
        await _rig.PollAgainAsync();

        await _rig.PollNextAsync(Running());

        _rig.Log.Single("TargetRecovered");
    }

    [Fact]
    public async Task An_outage_that_goes_on_over_a_restart_counts_from_its_first_failed_poll()
    {
        await FailForAsync(TimeSpan.FromMinutes(2));
        _rig.Restart();
        _rig.Time.Advance(TimeSpan.FromMinutes(3));

        await _rig.PollAgainAsync();

        _rig.Log.Single("TargetUnreachable");
    }

    [Fact]
    public async Task A_recovery_tells_how_long_the_outage_took()
    {
        await FailForAsync(TimeSpan.FromMinutes(6));
        var since = _rig.Store.Target("prod").FailingSince!.Value;

        await _rig.PollNextAsync(Running());

        var recovered = _rig.Log.Single("TargetRecovered");
        Assert.Equal(LogEventLevel.Information, recovered.Level);
        Assert.Equal((_rig.Time.GetUtcNow() - since).TotalSeconds, Field(recovered, "OutageSeconds"));
        Assert.Equal(since.UtcDateTime, Field(recovered, "Since"));
        Assert.Equal("success", Field(recovered, "Outcome"));
        Assert.Null(_rig.Store.Target("prod").FailingSince);
        Assert.False(_rig.Store.Target("prod").OutageReported);
    }

    [Fact]
    public async Task A_short_failure_is_no_outage()
    {
        await FailForAsync(TimeSpan.FromMinutes(2));

        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetBaselined", "PollFailed", "PollRecovered"], _rig.Log.Names);
    }

    [Fact]
    public async Task The_next_outage_is_told_again()
    {
        await FailForAsync(TimeSpan.FromMinutes(6));
        await _rig.PollNextAsync(Running());
        await FailForAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(2, _rig.Log.Names.Count(name => name == "TargetUnreachable"));
    }

    [Fact]
    public async Task An_incomplete_listing_ends_an_outage()
    {
        await FailForAsync(TimeSpan.FromMinutes(6));
        _rig.Client.Lists(Incomplete());

        await _rig.PollAgainAsync();

        Assert.Equal("incomplete", Field(_rig.Log.Single("TargetRecovered"), "Outcome"));
    }

    [Fact]
    public async Task What_the_cloud_said_is_told()
    {
        _rig.Client.Fails(CloudFault.Forbidden);
        await _rig.PollAsync();

        var failed = _rig.Log.Single("PollFailed");

        Assert.Equal(LogEventLevel.Warning, failed.Level);
        Assert.Equal(
            ["forbidden", 500, "DBS.280005", "request-1", "The cloud said no."],
            new[] { "Outcome", "HttpStatus", "ErrorCode", "RequestId", "Reason" }.Select(name => Field(failed, name)));
    }

    public void Dispose() => _rig.Dispose();

    private static object? Field(LogEvent logEvent, string name) =>
        Assert.IsType<ScalarValue>(logEvent.Properties[name]).Value;

    private async Task FailForAsync(TimeSpan duration)
    {
        if (_rig.Watch.State.LastOutcome is null)
        {
            await _rig.BaselineAsync();
        }

        _rig.Client.Fails();
        var end = _rig.Time.GetUtcNow() + duration;
        while (_rig.Time.GetUtcNow() < end)
        {
            await _rig.PollAgainAsync();
        }
    }
}
