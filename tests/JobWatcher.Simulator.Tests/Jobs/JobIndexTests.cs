using CsCheck;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Tests.Jobs;

public sealed class JobIndexTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<SimulatedJob> Job = Gen.Select(
        Gen.Int[0, 20],
        Gen.Int[-1, 10],
        OneOf(JobNames.All[0], JobNames.All[1], null),
        OneOf("Pending", "Failed", null),
        (id, minute, name, status) => new SimulatedJob
        {
            JobId = $"{id}",
            JobName = name,
            Status = status,
            Created = minute < 0 ? null : Noon.AddMinutes(minute),
        });

    private static readonly Gen<JobFilter> Filter = Gen.Select(
        OneOf("Pending", "Failed", null),
        OneOf(JobNames.All[0], null),
        Gen.Int[-1, 20],
        Gen.Int[-1, 10],
        Gen.Int[-1, 10],
        (status, name, id, start, end) => new JobFilter(
            status,
            name,
            id < 0 ? null : $"{id}",
            start < 0 ? null : Noon.AddMinutes(start),
            end < 0 ? null : Noon.AddMinutes(end)));

    [Fact]
    public void The_index_finds_what_a_scan_would_find()
        => Gen.Select(Job.Array[0, 60], Gen.Int[0, 20].Array[0, 10], Filter).Sample((puts, removes, filter) =>
        {
            var index = new JobIndex();
            var jobs = new Dictionary<string, SimulatedJob>(StringComparer.Ordinal);
            foreach (var job in puts)
            {
                index.Put(job);
                jobs[job.JobId] = job;
            }

            foreach (var id in removes)
            {
                Assert.Equal(jobs.GetValueOrDefault($"{id}"), index.Remove($"{id}"));
                jobs.Remove($"{id}");
            }

            var range = index.Select(filter);

            var expected = jobs.Values
                .Where(job => (filter.JobId ?? job.JobId) == job.JobId && filter.Matches(job))
                .OrderByDescending(job => job.Created ?? DateTimeOffset.MinValue)
                .ThenByDescending(job => job.JobId, StringComparer.Ordinal)
                .ToList();
            Assert.Equal(expected, range.NewestFirst(0, int.MaxValue));
            Assert.Equal(expected.Count, range.Count);
            Assert.Equal(expected.Skip(2).Take(3), range.NewestFirst(2, 3));
        });

    private static Gen<string?> OneOf(params string?[] values)
        => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    [Fact]
    public void A_copy_does_not_follow()
    {
        var index = new JobIndex();
        index.Put(SimulatedJob.Pending(JobNames.All[0], Noon, "a"));

        var copy = index.Copy();
        index.Put(SimulatedJob.Pending(JobNames.All[0], Noon, "b"));
        index.Remove("a");

        Assert.Equal(["a"], copy.Select(new JobFilter()).NewestFirst(0, 9).Select(job => job.JobId));
    }
}
