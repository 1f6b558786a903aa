using JobWatcher.HuaweiCloud;
using JobWatcher.Polling;
using JobWatcher.Polling.Clients;
using JobWatcher.Polling.Targets;
using JobWatcher.Storage;
using JobWatcher.Tests.Reporting;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling;

/// <summary>A target whose project has to be looked up, over an identity service that may fail.</summary>
public sealed class ProjectLookUpTests : IDisposable
{
    private readonly WatchRig _rig = new();
    private TargetWatch _watch;
    private bool _isFound;

    public ProjectLookUpTests()
    {
        _watch = WatchOf(_rig.Target.Region);
        _rig.Client.Lists(Complete(Running()));
    }

    [Fact]
    public async Task Its_project_is_looked_up_before_its_row_is_read()
    {
        _isFound = true;

        Assert.Equal(PollOutcome.Success, await _watch.PollAsync(WatchRig.Token));
        Assert.Equal("found", _watch.Target.ProjectId);
        Assert.Equal("found", _rig.Store.Target("prod").ProjectId);
    }

    [Fact]
    public async Task An_identity_service_that_fails_is_an_outage_without_a_row()
    {
        Assert.Equal(PollOutcome.Forbidden, await PollNextAsync());
        await PollNextAsync();

        Assert.Equal(["PollFailed"], _rig.Log.Names);
        Assert.Empty(_rig.Journal);
    }

    [Fact]
    public async Task An_outage_that_goes_on_once_the_project_is_found_is_one_outage()
    {
        await PollNextAsync();
        var since = _rig.Time.GetUtcNow();
        _isFound = true;
        _rig.Client.Fails();
        await PollNextAsync();
        await PollNextAsync();

        Assert.Equal(since, _rig.Store.Target("prod").FailingSince);
        Assert.Equal(["PollFailed"], _rig.Log.Names);
    }

    [Fact]
    public async Task An_outage_ends_with_the_first_answered_poll()
    {
        await FailUntilUnknownAsync();

        _isFound = true;
        await PollNextAsync();

        Assert.Equal(["PollFailed", "TargetUnreachable", "TargetRecovered", "TargetBaselined"], _rig.Log.Names);
    }

    [Fact]
    public async Task An_outage_that_was_told_has_its_end_though_the_store_fails_once_the_project_is_found()
    {
        await FailUntilUnknownAsync();

        _isFound = true;
        _rig.Client.Fails();
        _rig.Store.BreaksAt = "Commit";
        await PollNextAsync();
        _rig.Store.BreaksAt = null;
        await PollNextAsync();
        var since = _rig.Store.Target("prod").FailingSince;
        _rig.Client.Lists(Complete(Running()));
        await PollNextAsync();

        string[] outage = ["PollFailed", "TargetUnreachable", "TargetRecovered", "PollRecovered"];
        Assert.Equal(["PollFailed", "TargetUnreachable", "TargetRecovered"], _rig.Log.Names.Where(outage.Contains));
        Assert.Equal(since!.Value.UtcDateTime, _rig.Log.Single("TargetRecovered").Field("Since"));
        Assert.Equal(since.Value.UtcDateTime, _rig.Log.Single("TargetUnreachable").Field("Since"));
    }

    [Fact]
    public async Task An_outage_that_the_listing_makes_long_is_told_though_the_store_says_that_it_did_not_take_what_it_took()
    {
        await PollNextAsync();
        _rig.Time.Advance(_rig.Target.UnknownAfter);
        _isFound = true;
        _rig.Client.Fails();
        _rig.Store.AfterCommit = () => throw new StoreException("The disk is gone.");
        await PollNextAsync();
        _rig.Store.AfterCommit = null;
        _rig.Client.Lists(Complete(Running()));
        await PollNextAsync();

        Assert.Equal(
            ["TargetUnreachable", "TargetRecovered"],
            _rig.Log.Names.Where(name => name is "TargetUnreachable" or "TargetRecovered" or "PollRecovered"));
    }

    [Fact]
    public async Task One_that_fails_again_after_an_end_that_the_store_did_not_note_begins_another()
    {
        await FailUntilUnknownAsync();
        _isFound = true;
        _rig.Store.BreaksAt = "Commit";
        await PollNextAsync();
        _rig.Store.BreaksAt = null;
        _isFound = false;

        _watch = Successor();
        await FailUntilUnknownAsync();
        _isFound = true;
        await PollNextAsync();

        string[] outage = ["TargetUnreachable", "TargetRecovered"];
        Assert.Equal([.. outage, .. outage], _rig.Log.Names.Where(outage.Contains));
    }

    [Fact]
    public async Task An_outage_goes_on_while_another_project_is_looked_up_in_vain()
    {
        var before = _rig.WatchOver(TargetClient.Of(_rig.Target.ProjectId, _rig.Client), _rig.Target);
        _rig.Client.Fails();
        await before.PollAsync(WatchRig.Token);
        _watch = Successor(before, region: "eu-de");
        await FailUntilUnknownAsync();
        _isFound = true;
        _rig.Client.Lists(Complete(Running()));
        await PollNextAsync();

        Assert.Equal(["PollFailed", "TargetUnreachable", "TargetRecovered", "TargetBaselined"], _rig.Log.Names);
    }

    [Fact]
    public async Task An_end_that_the_store_did_not_note_is_told_once()
    {
        await FailUntilUnknownAsync();

        _isFound = true;
        _rig.Store.BreaksAt = "Commit";
        await PollNextAsync();
        _rig.Store.BreaksAt = null;
        await PollNextAsync();

        Assert.Single(_rig.Log.Names, name => name == "TargetRecovered");
    }

    public void Dispose() => _rig.Dispose();

    private async Task FailUntilUnknownAsync()
    {
        for (var time = TimeSpan.Zero; time <= _rig.Target.UnknownAfter; time += _rig.Target.Interval)
        {
            await PollNextAsync();
        }
    }

    private TargetWatch WatchOf(string region) => _rig.WatchOver(
        new TargetClient(projectId: null, _ => FindAsync(), _ => _rig.Client), _rig.Target with { ProjectId = "", Region = region });

    private TargetWatch Successor(TargetWatch? before = null, string? region = null)
    {
        var after = WatchOf(region ?? _rig.Target.Region);
        after.GoOnFrom(before ?? _watch);
        return after;
    }

    private Task<string> FindAsync() => _isFound
        ? Task.FromResult("found")
        : throw new CloudException(CloudFault.Forbidden, "The permission is missing.");

    private Task<PollOutcome> PollNextAsync()
    {
        _rig.Time.Advance(_rig.Target.Interval);
        return _watch.PollAsync(WatchRig.Token);
    }
}
