using JobWatcher.Reporting.Metrics;
using JobWatcher.Snapshots;
using JobWatcher.Tests.Polling;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Reporting.Metrics;

public sealed class OpenJobsTests : IDisposable
{
    private readonly WatchRig _one = new(WatchRig.TargetNamed("one"));
    private readonly WatchRig _two = new(WatchRig.TargetNamed("two"));

    [Fact]
    public void The_oldest_jobs_of_a_target_are_kept()
    {
        var chosen = Choose([Open("young", 3), Open("old", 1), Open("middle", 2)], [], limit: 2, limitOfAll: 10);

        Assert.Equal(["one/old", "one/middle"], chosen);
    }

    [Fact]
    public void The_oldest_jobs_of_all_targets_are_kept()
    {
        var chosen = Choose([Open("a", 1), Open("b", 4)], [Open("c", 2), Open("d", 3)], limit: 2, limitOfAll: 3);

        Assert.Equal(["one/a", "two/c", "two/d"], chosen);
    }

    [Fact]
    public void Each_target_has_a_limit_of_its_own()
    {
        var chosen = Choose([Open("a", 1), Open("b", 2)], [Open("c", 3)], limit: 1, limitOfAll: 10);

        Assert.Equal(["one/a", "two/c"], chosen);
    }

    [Fact]
    public void Jobs_without_a_created_time_come_last()
    {
        var unknown = new JobSnapshot { Job = Open("a", 0).Job with { CreatedTime = null } };

        Assert.Equal(["one/b"], Choose([unknown, Open("b", 1)], [], limit: 1, limitOfAll: 10));
    }

    [Fact]
    public void The_choice_among_jobs_of_one_age_is_the_same_at_each_scrape()
    {
        var jobs = new[] { Open("c", 1), Open("a", 1), Open("b", 1) };

        var chosen = Choose(jobs, [], limit: 2, limitOfAll: 10);

        Assert.Equal(chosen, Choose([.. jobs.Reverse()], [], limit: 2, limitOfAll: 10));
    }

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
    }

    private static JobSnapshot Open(string id, int minutes) =>
        new() { Job = Running(id) with { CreatedTime = Noon.AddMinutes(minutes) } };

    private List<string> Choose(
        IReadOnlyList<JobSnapshot> ofOne, IReadOnlyList<JobSnapshot> ofTwo, int limit, int limitOfAll) =>
        [
            .. OpenJobs
                .Choose(
                    [
                        KeyValuePair.Create(_one.Watch, ofOne),
                        KeyValuePair.Create(_two.Watch, ofTwo),
                    ],
                    limit,
                    limitOfAll)
                .OrderBy(pair => pair.Key.Target.Name, StringComparer.Ordinal)
                .SelectMany(pair => pair.Value.Select(job => $"{pair.Key.Target.Name}/{job.Job.JobId}")),
        ];
}
