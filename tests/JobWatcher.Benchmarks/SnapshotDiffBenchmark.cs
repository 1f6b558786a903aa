using BenchmarkDotNet.Attributes;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;

namespace JobWatcher.Benchmarks;

/// <summary>
/// What a quiet poll costs beside the request: comparing a listing in which nothing changed. The baseline builds the same
/// snapshot from nothing, so the ratio tells what the comparison saves.
/// </summary>
[MemoryDiagnoser]
public class SnapshotDiffBenchmark
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private Observation _observation = null!;
    private Observation _window = null!;
    private Snapshot _empty = null!;
    private Snapshot _same = null!;

    /// <summary>Jobs in the listing.</summary>
    [Params(50, 1000)]
    public int Jobs { get; set; }

    /// <summary>Makes a listing and the snapshot that it leads to.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var jobs = Enumerable.Range(0, Jobs).Select(number => new ImmediateJob
        {
            JobId = $"7155730b-a60b-4dc0-9f89-{number:x12}",
            JobName = JobNames.All[number % JobNames.All.Count],
            Status = JobStatus.Completed,
            InstanceId = "ede953923f06448d9be8686ef0c1378ein07",
            CreatedTime = Now.AddMinutes(-number),
            EndedTime = Now.AddMinutes(-number + 5),
        }).ToList();
        _observation = new Observation
        {
            Listing = new Listing { Jobs = jobs, IsComplete = true, TotalCount = Jobs, Listed = Jobs },
            IsCovering = true,
            CloudTime = Now,
            ObservedTime = Now,
        };
        _window = _observation with
        {
            Listing = new Listing { Jobs = [jobs[0]], IsComplete = true, TotalCount = 1, Listed = 1 },
            WindowStart = jobs[0].CreatedTime,
        };
        _empty = Snapshot.Of(Now, []);
        _same = SnapshotDiff.Compute(_empty, _observation).Next;
    }

    /// <summary>The first listing of a target.</summary>
    [Benchmark(Baseline = true)]
    public int FirstListing() => SnapshotDiff.Compute(_empty, _observation).Written.Count;

    /// <summary>A listing in which nothing changed.</summary>
    [Benchmark]
    public int QuietListing() => SnapshotDiff.Compute(_same, _observation).Written.Count;

    /// <summary>A poll by window in which nothing changed: its allocations must be the same for all sizes.</summary>
    [Benchmark]
    public int QuietWindow() => SnapshotDiff.Compute(_same, _window).Written.Count;
}
