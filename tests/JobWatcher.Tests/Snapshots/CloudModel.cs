using System.Collections.Immutable;
using CsCheck;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;

namespace JobWatcher.Tests.Snapshots;

/// <summary>What happens to one job before a poll, and how that poll sees it.</summary>
internal sealed record Fate(Happening Happening, bool IsShown, bool IsProven);

/// <summary>What may happen to a job.</summary>
internal enum Happening
{
    Nothing,
    Advances,
    Fails,
    Leaves,
}

/// <summary>The fates of all jobs before one poll.</summary>
internal sealed record Turn(bool IsPolled, bool IsComplete, IReadOnlyList<Fate> Fates);

/// <summary>One poll of the model: what it started from, saw and changed.</summary>
internal sealed record ModelPoll(Snapshot Before, Observation Observation, SnapshotChanges Changes)
{
    /// <summary>Every job that this poll saw, listed or looked up.</summary>
    public IReadOnlyDictionary<string, ImmediateJob> Seen { get; } = Observation.Listing.Jobs
        .Concat(Observation.LookUps.Values.Select(lookUp => lookUp.Job).OfType<ImmediateJob>())
        .ToDictionary(job => job.JobId);
}

/// <summary>
/// A cloud whose jobs appear, move on, end, leave and return, listed whole or in part, and a watcher beside it that keeps
/// the snapshot and the rows of gone jobs as the store does.
/// </summary>
internal sealed class CloudModel
{
    private const int Jobs = 5;

    private static readonly Gen<Fate> AnyFate = Gen.Select(
        Gen.Enum<Happening>(), Gen.Bool, Gen.Bool, (happening, isShown, isProven) => new Fate(happening, isShown, isProven));

    private static readonly Gen<Turn> AnyTurn = Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 2], AnyFate.Array[Jobs],
        (polled, complete, fates) => new Turn(polled > 0, complete > 0, fates));

    private readonly Dictionary<string, ImmediateJob> _listed = [];
    private readonly Dictionary<string, ImmediateJob> _left = [];
    private readonly Dictionary<string, JobSnapshot> _gone = [];
    private Snapshot _snapshot = Snapshot.Empty;

    /// <summary>Histories of some jobs, of which the first turns may lie before the watch begins.</summary>
    public static readonly Gen<Turn[]> AnyHistory = AnyTurn.Array[1, 25];

    /// <summary>Lets a history happen.</summary>
    public static IReadOnlyList<ModelPoll> Run(IReadOnlyList<Turn> history)
    {
        var model = new CloudModel();
        var polls = new List<ModelPoll>();
        var time = Sight.BeforeNoon;
        foreach (var turn in history)
        {
            time += Sight.Interval;
            for (var number = 0; number < turn.Fates.Count; number++)
            {
                model.Happen($"job-{number}", turn.Fates[number].Happening, time);
            }

            if (turn.IsPolled)
            {
                polls.Add(model.Poll(turn, time.AddSeconds(10)));
            }
        }

        return polls;
    }

    private void Happen(string id, Happening happening, DateTimeOffset time)
    {
        var job = _listed.GetValueOrDefault(id);
        var next = (happening, job) switch
        {
            (Happening.Nothing or Happening.Leaves, _) or (_, { Status.IsEnded: true }) => job,
            (_, null) => _left.GetValueOrDefault(id) ?? Sight.Job(id, JobStatus.Pending, created: time),
            (Happening.Fails, _) => job with { Status = JobStatus.Failed, EndedTime = time },
            (_, { Status.Value: "Pending" }) => job with { Status = JobStatus.Running },
            _ => job with { Status = JobStatus.Completed, EndedTime = time },
        };
        if (next is not null)
        {
            _listed[id] = next;
        }

        if (happening == Happening.Leaves && _listed.Remove(id, out var left))
        {
            _left[id] = left;
        }
    }

    private ModelPoll Poll(Turn turn, DateTimeOffset cloudTime)
    {
        var shown = _listed.Values.Where(job => turn.IsComplete || FateOf(turn, job.JobId).IsShown).ToList();
        var listing = turn.IsComplete ? Sight.Complete(shown) : Sight.Incomplete(shown);
        var observation = Sight.At(cloudTime, listing);
        observation = observation with
        {
            LookUps = MissingJobs.ToLookUp(_snapshot, observation).ToDictionary(id => id, id => LookUp(turn, id)),
            Remembered = _gone.Where(row => !_snapshot.Jobs.ContainsKey(row.Key)).ToDictionary(),
        };

        var poll = new ModelPoll(_snapshot, observation, SnapshotDiff.Compute(_snapshot, observation));
        Commit(poll.Changes);
        return poll;
    }

    private LookUp LookUp(Turn turn, string id) => (FateOf(turn, id).IsProven, _listed.GetValueOrDefault(id)) switch
    {
        (false, _) => new LookUp(LookUpVerdict.Unproven),
        (_, null) => new LookUp(LookUpVerdict.Gone),
        (_, var job) => new LookUp(LookUpVerdict.Found, job),
    };

    private void Commit(SnapshotChanges changes)
    {
        foreach (var row in changes.Written)
        {
            _gone.Remove(row.Job.JobId);
            if (row.GoneSince is not null)
            {
                _gone[row.Job.JobId] = row;
            }
        }

        var rows = _snapshot.Jobs.Values.Concat(changes.Written).GroupBy(row => row.Job.JobId, (_, all) => all.Last());
        var stored = rows.Where(row => row.GoneSince is null).ToImmutableDictionary(row => row.Job.JobId);
        Assert.Equal(stored.OrderBy(row => row.Key), changes.Next.Jobs.OrderBy(row => row.Key));
        _snapshot = changes.Next;
    }

    private static Fate FateOf(Turn turn, string id) => turn.Fates[int.Parse(id["job-".Length..], provider: null)];
}
