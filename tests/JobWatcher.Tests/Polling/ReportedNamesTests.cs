using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Tests.Snapshots;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling;

/// <summary>Rule D5 of the protocol: <c>jobNames</c> limits what is reported, not what is known.</summary>
public sealed class ReportedNamesTests : IDisposable
{
    private readonly WatchRig _rig = new(
        WatchRig.TargetNamed("prod") with { JobNames = ["Wanted"], JobNameLimit = JobNames.All.Count + 1 });

    [Fact]
    public async Task Jobs_of_other_names_are_kept_in_the_snapshot_and_not_reported()
    {
        await _rig.BaselineAsync();

        await _rig.PollNextAsync(Named("a", "Wanted"), Named("b", "Other"));

        Assert.Equal("a: None -> Running", Assert.Single(_rig.Store.Log).Transition.Tell());
        Assert.Equal(["a", "b"], _rig.Watch.State.Snapshot.Jobs.Keys.Order());
    }

    [Fact]
    public async Task Another_choice_of_names_makes_no_flood()
    {
        await _rig.BaselineAsync();
        await _rig.PollNextAsync(Named("a", "Wanted"), Named("b", "Other"));
        _rig.Restart(_rig.Target with { JobNames = ["Other"] });

        await _rig.PollNextAsync(Named("a", "Wanted"), Named("b", "Other"));

        Assert.Equal("a", Assert.Single(_rig.Store.Log).Transition.Job.JobId);
    }

    [Fact]
    public async Task Names_that_are_not_reported_take_no_labels_place()
    {
        await _rig.BaselineAsync(Named("a", "Other"));

        await _rig.PollNextAsync(Named("a", "Other"), Named("b", "Wanted"));

        Assert.Equal("Wanted", Assert.Single(_rig.Watch.State.Counters).Key.JobName);
    }

    public void Dispose() => _rig.Dispose();

    private static ImmediateJob Named(string id, string name) =>
        Job(id, JobStatus.Running, Noon.AddSeconds(10)) with { JobName = name };
}
