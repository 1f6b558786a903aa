using CsCheck;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Planning;
using JobWatcher.Polling.Clients;
using JobWatcher.Polling.Targets;
using JobWatcher.Storage;
using JobWatcher.Tests.Snapshots;

namespace JobWatcher.Tests.Polling.Windows;

/// <summary>What may happen to a job between two polls.</summary>
internal enum Event
{
    Nothing,
    Advances,
    Fails,
    Leaves,
    Returns,
    Retries,
}

/// <summary>What happens before one poll, and how that poll goes.</summary>
/// <param name="Minutes">How long after the last one it begins.</param>
/// <param name="Events">What happens to each job.</param>
/// <param name="AppearsAfterSeconds">How long new jobs take to be listed.</param>
/// <param name="IsPolled">Whether there is a poll at all.</param>
/// <param name="Restarts">Whether another process polls from now on.</param>
/// <param name="Hides">How many jobs the list leaves out.</param>
/// <param name="Lags">By how many chapters the list is late; 0 where it shows what is.</param>
/// <param name="Proves">Whether look-ups prove anything.</param>
/// <param name="Trouble">What becomes of the poll.</param>
/// <param name="DateOffset">By how much the cloud's <c>Date</c> is wrong; null for none.</param>
internal sealed record Chapter(
    int Minutes,
    IReadOnlyList<Event> Events,
    int AppearsAfterSeconds,
    bool IsPolled,
    bool Restarts,
    int Hides,
    int Lags,
    bool Proves,
    Trouble Trouble,
    TimeSpan? DateOffset);

/// <summary>A history of a project: how many jobs had ended long before, and what happens then.</summary>
internal sealed record WindowHistory(int EndedBefore, IReadOnlyList<Chapter> Chapters)
{
    private const int Jobs = 6;
    private const int OpenBefore = 3;
    private const int NoDate = int.MaxValue;

    private static readonly Gen<TimeSpan?> Dates = Gen.Frequency(
        (6, Gen.Const(0)), (3, Gen.OneOf(-86_400, -7_200, -30, 30, 7_200, 86_400)), (1, Gen.Const(NoDate)))
        .Select(seconds => seconds == NoDate ? (TimeSpan?)null : TimeSpan.FromSeconds(seconds));

    /// <summary>Histories without fault: each poll is complete, each look-up conclusive, and what left stays away.</summary>
    public static readonly Gen<WindowHistory> Clear = Any(
        Gen.OneOf(Event.Nothing, Event.Nothing, Event.Advances, Event.Advances, Event.Fails, Event.Leaves), isFaulty: false);

    /// <summary>Histories with everything that may go wrong.</summary>
    public static readonly Gen<WindowHistory> Faulty = Any(Gen.Enum<Event>(), isFaulty: true);

    /// <summary>Lets the history happen to a cloud that a target watches.</summary>
    public async Task<HistoryRun> HappenAsync(WatchRig rig, WatchedTarget target)
    {
        var cloud = new ModelCloud(rig.Time);
        PutOldJobs(cloud, rig.Time.GetUtcNow());
        var left = new Dictionary<string, ImmediateJob>();
        var watch = Watch();
        var (restartsInDoubt, lostCommits) = (0, 0);
        var past = new List<IReadOnlyDictionary<string, ImmediateJob>>();
        foreach (var chapter in Chapters)
        {
            past.Add(cloud.Jobs);
            rig.Time.Advance(TimeSpan.FromMinutes(chapter.Minutes));
            for (var number = 0; number < chapter.Events.Count; number++)
            {
                Happen(cloud, left, $"job-{number}", chapter, chapter.Events[number], rig.Time.GetUtcNow());
            }

            cloud.Hidden = chapter.Hides > 0 ? Enumerable.Range(0, chapter.Hides).Select(number => $"job-{number}").ToHashSet() : [];
            cloud.Stale = chapter.Lags > 0 ? past[Math.Max(0, past.Count - chapter.Lags)] : new Dictionary<string, ImmediateJob>();
            (cloud.Proves, cloud.DateOffset) = (chapter.Proves, chapter.DateOffset);
            if (chapter.Restarts)
            {
                restartsInDoubt += watch.State.Snapshot.Doubted.IsEmpty ? 0 : 1;
                watch = Watch();
            }

            if (chapter.IsPolled)
            {
                await PollAsync(chapter.Trouble, () => Overtaken(cloud, left, chapter, rig.Time.GetUtcNow()));
            }
        }

        await SettleAsync();
        return new HistoryRun(rig, cloud, restartsInDoubt, lostCommits);

        TargetWatch Watch() => rig.WatchOver(TargetClient.Of(target.ProjectId, cloud), target);

        async Task PollAsync(Trouble trouble, Action? meanwhile = null)
        {
            cloud.Meet(trouble);
            rig.Store.IsDown = trouble == Trouble.StoreIsDown;
            rig.Store.BreaksAt = trouble == Trouble.CommitBreaks ? "Commit" : null;
            rig.Store.AfterCommit = trouble == Trouble.CommitIsLost ? Lose : null;
            rig.Store.BeforeCommit = trouble == Trouble.IsOvertaken ? _ => OvertakeAsync(meanwhile!) : null;
            await watch.PollAsync(CancellationToken.None);
            (rig.Store.IsDown, rig.Store.BreaksAt) = (false, null);
            (rig.Store.AfterCommit, rig.Store.BeforeCommit) = (null, null);
        }

        Task OvertakeAsync(Action meanwhile)
        {
            rig.Store.BeforeCommit = null;
            meanwhile();
            return Watch().PollAsync(CancellationToken.None);
        }

        void Lose()
        {
            lostCommits++;
            throw new StoreException("The disk failed.");
        }

        // Long enough for two full listings, and for look-ups after them.
        async Task SettleAsync()
        {
            (cloud.Hidden, cloud.Stale, cloud.Proves) = (new HashSet<string>(), new Dictionary<string, ImmediateJob>(), true);
            cloud.DateOffset = TimeSpan.Zero;
            for (var poll = 0; poll < 12; poll++)
            {
                rig.Time.Advance(TimeSpan.FromMinutes(10));
                await PollAsync(Trouble.None);
            }
        }
    }

    private static Gen<WindowHistory> Any(Gen<Event> events, bool isFaulty)
    {
        var chapters = Gen.Select(
            Gen.OneOf(1, 1, 2, 3, 25, 90),
            events.Array[Jobs],
            Gen.Int[0, 4 * 60],
            Gen.Int[0, 4],
            Gen.Int[0, 5],
            isFaulty ? Gen.OneOf(0, 0, 2, Jobs) : Gen.Const(0),
            Gen.Select(
                isFaulty ? Gen.Int[0, 3] : Gen.Const(0),
                isFaulty ? Gen.Bool : Gen.Const(true),
                isFaulty ? Gen.Frequency((6, Gen.Const(Trouble.None)), (4, Gen.Enum<Trouble>())) : Gen.Const(Trouble.None),
                isFaulty ? Dates : Gen.Const(0).Select(_ => (TimeSpan?)TimeSpan.Zero)),
            (minutes, happenings, appears, polled, restarts, hides, poll) => new Chapter(
                minutes, happenings, appears, polled > 0, restarts == 0, hides, poll.Item1, poll.Item2, poll.Item3, poll.Item4));
        return Gen.Select(Gen.OneOf(0, 300), chapters.Array[1, 30], (ended, all) => new WindowHistory(ended, all));
    }

    private void PutOldJobs(ModelCloud cloud, DateTimeOffset now)
    {
        for (var number = 0; number < OpenBefore; number++)
        {
            cloud.Put(Sight.Job($"job-{number}", JobStatus.Running, now.AddDays(-10 + number)));
        }

        for (var number = 0; number < EndedBefore; number++)
        {
            cloud.Put(Sight.Job($"ended-{number}", JobStatus.Completed, now.AddDays(-5), now.AddDays(-5)));
        }
    }

    // The watcher that comes first has asked later, and sees more.
    private static void Overtaken(ModelCloud cloud, Dictionary<string, ImmediateJob> left, Chapter chapter, DateTimeOffset now)
    {
        (cloud.Hidden, cloud.Stale) = (new HashSet<string>(), new Dictionary<string, ImmediateJob>());
        for (var number = 0; number < chapter.Events.Count; number++)
        {
            Happen(cloud, left, $"job-{number}", chapter, Event.Advances, now);
        }
    }

    private static void Happen(
        ModelCloud cloud, Dictionary<string, ImmediateJob> left, string id, Chapter chapter, Event happening, DateTimeOffset now)
    {
        var job = cloud.Jobs.GetValueOrDefault(id);
        if (happening == Event.Leaves && job is not null)
        {
            cloud.Remove(id);
            left[id] = job;
            return;
        }

        var next = (happening, job) switch
        {
            (Event.Returns, null) => left.GetValueOrDefault(id),
            (Event.Retries, { Status.IsEnded: true }) => job with { Status = JobStatus.Running, EndedTime = null },
            (Event.Advances, null) when !left.ContainsKey(id) => Sight.Job(id, JobStatus.Pending, now),
            (Event.Advances, { Status.Value: "Pending" }) => job with { Status = JobStatus.Running },
            (Event.Advances, { Status.Value: "Running" }) => job with { Status = JobStatus.Completed, EndedTime = now },
            (Event.Fails, { Status.IsOpen: true }) => job with { Status = JobStatus.Failed, EndedTime = now },
            _ => null,
        };
        if (next is not null)
        {
            cloud.Put(next, TimeSpan.FromSeconds(chapter.AppearsAfterSeconds));
        }
    }
}
