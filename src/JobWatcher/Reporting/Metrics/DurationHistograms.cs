using System.Diagnostics.Metrics;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
using JobWatcher.Snapshots;

namespace JobWatcher.Reporting.Metrics;

/// <summary>
/// The metrics that measure how long something took. They never carry a target: an exporter cannot take a histogram's
/// series back when the target goes.
/// </summary>
internal sealed class DurationHistograms : IDisposable
{
    /// <summary>The meter's name, under which the SDK finds it.</summary>
    public const string MeterName = "JobWatcher.Durations";

    /// <summary>The name of the histogram of jobs' durations.</summary>
    public const string JobDuration = "jobwatcher_job_duration_seconds";

    /// <summary>The name of the histogram of polls' durations.</summary>
    public const string PollDuration = "jobwatcher_poll_duration_seconds";

    /// <summary>The name of the histogram of commits' durations.</summary>
    public const string CommitDuration = "jobwatcher_store_commit_duration_seconds";

    /// <summary>Bucket bounds in seconds for jobs, which take from a second to a day.</summary>
    public static readonly double[] JobBounds = [1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 28800, 86400];

    /// <summary>Bucket bounds in seconds for polls, which take from a few milliseconds to minutes.</summary>
    public static readonly double[] PollBounds = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

    /// <summary>Bucket bounds in seconds for commits.</summary>
    public static readonly double[] CommitBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    // These series are never taken back, so only the reference's names keep their own, whatever clouds invent.
    private static readonly BoundedLabels JobNameValues = BoundedLabels.Starting(JobNames.All, limit: 0);

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _jobs;
    private readonly Histogram<double> _polls;
    private readonly Histogram<double> _commits;

    /// <summary>Creates the instruments.</summary>
    public DurationHistograms()
    {
        _jobs = _meter.CreateHistogram<double>(
            JobDuration, unit: null, "Time from created to ended of the jobs whose end was observed.");
        _polls = _meter.CreateHistogram<double>(PollDuration, unit: null, "How long polls took, by outcome.");
        _commits = _meter.CreateHistogram<double>(CommitDuration, unit: null, "How long commits to the store took.");
    }

    /// <summary>A job's end was committed; other transitions are passed over.</summary>
    public void JobEnded(Transition transition)
    {
        if (transition is { IsEnding: true, Duration: { } duration })
        {
            _jobs.Record(
                duration.TotalSeconds,
                new KeyValuePair<string, object?>("job_name", JobNameValues.Of(transition.Job.JobName)),
                new KeyValuePair<string, object?>("status", transition.To.Value));
        }
    }

    /// <summary>A poll ended.</summary>
    public void Polled(PollOutcome outcome, TimeSpan duration) =>
        _polls.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome.Label()));

    /// <summary>A commit returned.</summary>
    public void Committed(TimeSpan duration) => _commits.Record(duration.TotalSeconds);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
