using System.Collections.Immutable;
using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Snapshots;

/// <summary>
/// Compares what a poll saw with the last snapshot. Pure: the same input gives the same changes, in the same order. Costs
/// what was listed and what is open, and only after a full listing what is known.
/// </summary>
internal sealed class SnapshotDiff
{
    private readonly Snapshot _previous;
    private readonly Observation _observation;
    private readonly DateTimeOffset _watchFrom;
    private readonly ImmutableDictionary<string, JobSnapshot>.Builder _jobs;
    private readonly ImmutableDictionary<string, JobSnapshot>.Builder _open;
    private readonly HashSet<string> _doubted = new(StringComparer.Ordinal);
    private readonly List<JobSnapshot> _written = [];
    private readonly List<(DateTimeOffset Time, Transition Transition)> _transitions = [];

    private SnapshotDiff(Snapshot previous, Observation observation)
    {
        _previous = previous;
        _observation = observation;
        _watchFrom = QuietStart.Began(previous.WatchFrom, observation);
        _jobs = previous.Jobs.ToBuilder();
        _open = previous.Open.ToBuilder();
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
        foreach (var (job, isProof) in Sights())
        {
            if (seen.Add(job.JobId))
            {
                See(job, isProof);
            }
        }

        // A doubt stays while neither list nor look-up had anything to say.
        _doubted.UnionWith(_previous.Doubted.Where(id =>
            !seen.Contains(id) && VerdictOf(id) is null or LookUpVerdict.Unproven));

        if (_observation.IsCovering)
        {
            // Ended jobs leave memory by full listings alone (rule D2).
            var expected = _observation.CoversAll ? _previous.Jobs : _previous.Open;
            foreach (var (id, known) in expected)
            {
                if (!seen.Contains(id))
                {
                    Miss(known);
                }
            }
        }
    }

    // A look-up is the later sight, and the one that decides where the last poll left a doubt.
    private IEnumerable<(ImmediateJob Job, bool IsProof)> Sights()
    {
        var found = _observation.LookUps.Values.Select(lookUp => lookUp.Job).OfType<ImmediateJob>().ToList();
        return found.Where(IsDoubted).Select(job => (job, IsProof: true))
            .Concat(_observation.Listing.Jobs.Concat(found).Select(job => (job, IsProof: false)));
    }

    private bool IsDoubted(ImmediateJob job) => _previous.Doubted.Contains(job.JobId);

    private void See(ImmediateJob job, bool isProof)
    {
        var isListed = _previous.Jobs.TryGetValue(job.JobId, out var known);
        known ??= _observation.Remembered.GetValueOrDefault(job.JobId);
        if (known is null)
        {
            SeeFirst(job);
        }
        else if (known.Vanished || isProof || !BackwardStep.IsDoubtful(known.Job, job))
        {
            SeeAgain(known, job);
        }
        else
        {
            _doubted.Add(job.JobId);
            if (isListed)
            {
                Keep(known, known with { Missed = 0 });
            }
        }
    }

    private void SeeAgain(JobSnapshot known, ImmediateJob job)
    {
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
        var missed = MissingJobs.MissedAfter(known, _observation);
        var isConclusive = missed == MissingJobs.ListingsToConclude &&
            (known.Job.Status.IsEnded || VerdictOf(known.Job.JobId) == LookUpVerdict.Gone);
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

        _jobs.Remove(known.Job.JobId);
        _open.Remove(known.Job.JobId);
        _written.Add(known with { Missed = missed, GoneSince = _observation.CloudTime, Vanished = vanished });
    }

    private LookUpVerdict? VerdictOf(string jobId) =>
        _observation.LookUps.TryGetValue(jobId, out var lookUp) ? lookUp.Verdict : null;

    private void Keep(JobSnapshot? known, JobSnapshot now)
    {
        if (known == now)
        {
            return;
        }

        _written.Add(now);
        _jobs[now.Job.JobId] = now;
        if (now.Job.Status.IsOpen)
        {
            _open[now.Job.JobId] = now;
        }
        else
        {
            _open.Remove(now.Job.JobId);
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
        Next = new Snapshot
        {
            WatchFrom = _watchFrom,
            Jobs = _jobs.ToImmutable(),
            Open = _open.ToImmutable(),
            Doubted = Snapshot.Empty.Doubted.Union(_doubted),
        },
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
