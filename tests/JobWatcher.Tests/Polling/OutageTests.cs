using JobWatcher.HuaweiCloud;
using JobWatcher.Tests.Reporting;
using Serilog.Events;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling;

/// <summary>Rule R4 of the protocol, and the events of an outage that one process sees.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly WatchRig _rig = new();

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
        await _rig.FailForAsync(TimeSpan.FromMinutes(20));

        Assert.Equal(["TargetBaselined", "PollFailed", "TargetUnreachable"], _rig.Log.Names);
    }

    [Fact]
    public async Task An_outage_that_one_poll_alone_makes_long_is_told_as_every_other()
    {
        await _rig.BaselineAsync();
        _rig.Client.FailsAfter(_rig.Target.UnknownAfter, _rig.Time);
        var since = _rig.Time.GetUtcNow() + _rig.Target.Interval;

        await _rig.PollAgainAsync();
        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetBaselined", "PollFailed", "TargetUnreachable", "TargetRecovered"], _rig.Log.Names);
        Assert.Equal(since.UtcDateTime, _rig.Log.Single("TargetUnreachable").Field("Since"));
        Assert.Equal(since.UtcDateTime, _rig.Log.Single("TargetRecovered").Field("Since"));
    }

    [Fact]
    public async Task A_recovery_tells_how_long_the_outage_took()
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(6));
        var since = _rig.Store.Target("prod").FailingSince!.Value;

        await _rig.PollNextAsync(Running());

        var recovered = _rig.Log.Single("TargetRecovered");
        Assert.Equal(LogEventLevel.Information, recovered.Level);
        Assert.Equal((_rig.Time.GetUtcNow() - since).TotalSeconds, recovered.Field("OutageSeconds"));
        Assert.Equal(since.UtcDateTime, recovered.Field("Since"));
        Assert.Equal("success", recovered.Field("Outcome"));
        Assert.Null(_rig.Store.Target("prod").FailingSince);
        Assert.False(_rig.Store.Target("prod").OutageReported);
    }

    [Fact]
    public async Task A_short_failure_is_no_outage()
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(2));

        await _rig.PollNextAsync(Running());

        Assert.Equal(["TargetBaselined", "PollFailed", "PollRecovered"], _rig.Log.Names);
    }

    [Fact]
    public async Task The_next_outage_is_told_again()
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(6));
        await _rig.PollNextAsync(Running());
        await _rig.FailForAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(2, _rig.Log.Names.Count(name => name == "TargetUnreachable"));
    }

    [Fact]
    public async Task An_incomplete_listing_ends_an_outage()
    {
        await _rig.FailForAsync(TimeSpan.FromMinutes(6));
        _rig.Client.Lists(Incomplete());

        await _rig.PollAgainAsync();

        Assert.Equal("incomplete", _rig.Log.Single("TargetRecovered").Field("Outcome"));
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
            new[] { "Outcome", "HttpStatus", "ErrorCode", "RequestId", "Reason" }.Select(name => failed.Field(name)));
    }

    public void Dispose() => _rig.Dispose();
}
