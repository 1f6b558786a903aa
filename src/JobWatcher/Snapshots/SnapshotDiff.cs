using System.Collections.Immutable;
using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Snapshots;

/// <summary>
/// Compares what a poll saw with the last snapshot. Pure: the same input gives the same changes, in the same order.
/// </summary>
internal sealed class SnapshotDiff
{
    private readonly Snapshot _previous;
    private readonly Observation _observation;
    private readonly DateTimeOffset _watchFrom;
    private readonly ImmutableDictionary<string, JobSnapshot>.Builder _next;
    private readonly List<JobSnapshot> _written = [];
    private readonly List<(DateTimeOffset Time, Transition Transition)> _transitions = [];

    private SnapshotDiff(Snapshot previous, Observation observation)
    {
        _previous = previous;
        _observation = observation;
        _watchFrom = previous.WatchFrom ?? observation.CloudTime;
        _next = previous.Jobs.ToBuilder();
    }

    /// <summary>Computes the changes from <paramref name="previous"/> to what <paramref name="observation"/> shows.</summary>
    public static SnapshotChanges Compute(Snapshot previous, Observation observation)
    {
        var diff = new SnapshotDiff(previous, observation);
        diff.TakeIn();
        return diff.ToChanges();
    }

    private void TakeIn()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var found = _observation.LookUps.Values.Select(lookUp => lookUp.Job).OfType<ImmediateJob>();
        foreach (var job in _observation.Listing.Jobs.Concat(found))
        {
            if (seen.Add(job.JobId))
            {
                See(job);
            }
        }

        if (_observation.IsCovering)
        {
            foreach (var known in _previous.Jobs.Values.Where(known => !seen.Contains(known.Job.JobId)))
            {
                Miss(known);
            }
        }
    }

    private void See(ImmediateJob job)
    {
        var known = _previous.Jobs.GetValueOrDefault(job.JobId) ??
            _observation.Remembered.GetValueOrDefault(job.JobId);
        if (known is null)
        {
            SeeFirst(job);
            return;
        }

        var from = known.Vanished ? Transition.NotListed : known.Job.Status;
        var changed = from != job.Status;
        if (changed)
        {
            Report(job, from, job.Status, TimeOf(job, _observation.CloudTime));
        }

        Keep(known, new JobSnapshot
        {
            Job = job,
            StatusSince = changed ? TimeOf(job, _observation.CloudTime) : known.StatusSince,
        });
    }

    private void SeeFirst(ImmediateJob job)
    {
        if (!QuietStart.Covers(job, _watchFrom, isFirstPoll: _previous.WatchFrom is null))
        {
            Report(job, Transition.NotListed, job.Status, TimeOf(job, job.CreatedTime ?? _observation.CloudTime));
        }

        Keep(known: null, new JobSnapshot { Job = job, StatusSince = job.CreatedTime });
    }

    private void Miss(JobSnapshot known)
    {
        var missed = Math.Min(known.Missed + 1, MissingJobs.ListingsToConclude);
        var isConclusive = missed == MissingJobs.ListingsToConclude &&
            (known.Job.Status.IsEnded || LookUpSaysGone(known.Job.JobId));
        if (!isConclusive)
        {
            Keep(known, known with { Missed = missed });
            return;
        }

        var vanished = known.Job.Status.IsOpen;
        if (vanished)
        {
            Report(known.Job, known.Job.Status, Transition.NotListed, _observation.CloudTime);
        }

        _next.Remove(known.Job.JobId);
        _written.Add(known with { Missed = missed, GoneSince = _observation.CloudTime, Vanished = vanished });
    }

    private bool LookUpSaysGone(string jobId) =>
        _observation.LookUps.TryGetValue(jobId, out var lookUp) && lookUp.Verdict == LookUpVerdict.Gone;

    private void Keep(JobSnapshot? known, JobSnapshot now)
    {
        if (known != now)
        {
            _next[now.Job.JobId] = now;
            _written.Add(now);
        }
    }

    private void Report(ImmediateJob job, JobStatus from, JobStatus to, DateTimeOffset time) =>
        _transitions.Add((time, new Transition
        {
            Job = job,
            From = from,
            To = to,
            ObservedTime = _observation.ObservedTime,
        }));

    private static DateTimeOffset TimeOf(ImmediateJob job, DateTimeOffset otherwise) =>
        job.Status.IsEnded ? job.EndedTime ?? otherwise : otherwise;

    private SnapshotChanges ToChanges() => new()
    {
        Next = new Snapshot(_watchFrom, _next.ToImmutable()),
        Written = [.. _written.OrderBy(known => known.Job.JobId, StringComparer.Ordinal)],
        Transitions =
        [
            .. _transitions
                .OrderBy(step => step.Time)
                .ThenBy(step => step.Transition.Job.JobId, StringComparer.Ordinal)
                .Select(step => step.Transition),
        ],
    };
}
