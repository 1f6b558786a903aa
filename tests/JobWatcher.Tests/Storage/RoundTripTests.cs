using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Tests.Storage;

public sealed class RoundTripTests : IAsyncDisposable
{
    private const string Hostile = "'; DROP TABLE jobs; --\0\r\n\u202e\"{{}}@JobId %s é 数据库 😀";

    private static readonly JobSnapshot Full = new()
    {
        Job = new ImmediateJob
        {
            JobId = "id " + Hostile,
            JobName = "name " + Hostile,
            Status = new JobStatus("status " + Hostile),
            Process = "process " + Hostile,
            InstanceId = "instance id " + Hostile,
            InstanceName = "instance name " + Hostile,
            InstanceStatus = "instance status " + Hostile,
            OrderId = "order " + Hostile,
            CreatedTime = Make.Noon.AddMilliseconds(1),
            EndedTime = Make.Noon.AddMilliseconds(2),
            FailReason = "reason " + Hostile,
        },
        StatusSince = Make.Noon.AddMilliseconds(3),
        Missed = 2,
        GoneSince = Make.Noon.AddMilliseconds(4),
        Vanished = true,
    };

    private static readonly JobSnapshot Bare =
        new() { Job = new ImmediateJob { JobId = "bare", JobName = "", Status = JobStatus.Pending } };

    private readonly TempStore _temp = new();

    [Fact]
    public async Task Every_field_of_a_target_comes_back_after_a_restart()
    {
        var store = await _temp.OpenAsync();
        var target = await store.ReadTargetAsync(Hostile) with
        {
            WatchFrom = Make.Noon.AddMilliseconds(1),
            Bookmark = Make.Noon.AddMilliseconds(5),
            LastFullListing = Make.Noon.AddMilliseconds(6),
            WindowsUnreliableSince = Make.Noon.AddMilliseconds(7),
            LastAnswered = Make.Noon.AddMilliseconds(2),
            CloudAhead = TimeSpan.FromMilliseconds(-8),
            LastComplete = Make.Noon.AddMilliseconds(3),
            FailingSince = Make.Noon.AddMilliseconds(4),
            OutageReported = true,
        };

        var result = await store.CommitAsync(new PollCommit { Target = target });
        await store.DisposeAsync();
        store = await _temp.OpenAsync();

        Assert.Equal(target with { Version = target.Version + 1 }, result.Target);
        Assert.Equal(result.Target, await store.ReadTargetAsync(Hostile));
    }

    [Fact]
    public async Task Every_field_of_a_job_comes_back()
    {
        var store = await _temp.OpenAsync();
        var listed = Full with { GoneSince = null, Job = Full.Job with { JobId = "listed" } };

        await store.CommitAsync(
            new PollCommit { Target = await store.ReadTargetAsync(), Jobs = [Bare, Full, listed] });

        Assert.Equal([Bare, listed], (await store.ReadJobsAsync()).OrderBy(job => job.Job.JobId, StringComparer.Ordinal));
        var gone = await store.ReadGoneJobsAsync(
            Make.Target, [Full.Job.JobId, "listed", "bare", "unknown"], TestContext.Current.CancellationToken);
        Assert.Equal(Full, Assert.Single(gone).Value);
        Assert.Equal(Full.Job.JobId, gone.Keys.Single());
    }

    [Fact]
    public async Task A_written_job_replaces_every_field_of_the_known_one()
    {
        var store = await _temp.OpenAsync();
        var cleared = Bare with { Job = Bare.Job with { JobId = Full.Job.JobId } };
        var target = await store.ReadTargetAsync();

        var first = await store.CommitAsync(new PollCommit { Target = target, Jobs = [Full] });
        await store.CommitAsync(new PollCommit { Target = first.Target!, Jobs = [cleared] });

        Assert.Equal([cleared], await store.ReadJobsAsync());
    }

    [Fact]
    public async Task Every_field_of_a_transition_comes_back_as_the_commit_told_it()
    {
        var store = await _temp.OpenAsync();
        var commit = new PollCommit
        {
            Target = await store.ReadTargetAsync(),
            Transitions =
            [
                new Transition
                {
                    Job = Full.Job,
                    From = JobStatus.Running,
                    To = Transition.NotListed,
                    ObservedTime = Make.Noon.AddMilliseconds(5),
                },
                new Transition
                {
                    Job = Bare.Job,
                    From = Transition.NotListed,
                    To = JobStatus.Pending,
                    ObservedTime = Make.Noon.AddMilliseconds(6),
                },
            ],
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = Hostile, [Hostile] = "" },
        };

        var result = await store.CommitAsync(commit);

        var log = await store.ReadLogAsync();
        Assert.Equal(commit.Transitions, log.Select(entry => entry.Transition));
        Assert.Equal([1, 2], log.Select(entry => entry.Sequence));
        Assert.All(log, entry => Assert.Equal(
            (Make.Target, Make.Project, Make.Region), (entry.Target, entry.ProjectId, entry.Region)));
        Assert.All(log, entry => Assert.Equal(commit.Labels, entry.Labels));
        Assert.Equivalent(log, result.Transitions, strict: true);
    }

    [Fact]
    public async Task Times_are_told_to_the_millisecond_alike_by_commit_and_store()
    {
        var store = await _temp.OpenAsync();
        var target = await store.ReadTargetAsync() with { WatchFrom = Make.Noon.AddTicks(12_345) };

        var result = await store.CommitAsync(new PollCommit { Target = target });

        Assert.Equal(Make.Noon.AddMilliseconds(1), result.Target!.WatchFrom);
        Assert.Equal(result.Target, await store.ReadTargetAsync());
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
