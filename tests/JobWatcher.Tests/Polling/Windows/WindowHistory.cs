using CsCheck;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
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
internal sealed record Chapter(
    int Minutes, IReadOnlyList<Event> Events, int AppearsAfterSeconds, bool IsPolled, bool Restarts, int Hides, bool Lags, bool Proves);

/// <summary>A history of a project: how many jobs had ended long before, and what happens then.</summary>
internal sealed record WindowHistory(int EndedBefore, IReadOnlyList<Chapter> Chapters)
{
    private const int Jobs = 6;
    private const int OpenBefore = 3;

    /// <summary>Histories without fault: each poll is complete, each look-up conclusive, and what left stays away.</summary>
    public static readonly Gen<WindowHistory> Clear = Any(
        Gen.OneOf(Event.Nothing, Event.Nothing, Event.Advances, Event.Advances, Event.Fails, Event.Leaves), isFaulty: false);

    /// <summary>Histories with everything that may go wrong.</summary>
    public static readonly Gen<WindowHistory> Faulty = Any(Gen.Enum<Event>(), isFaulty: true);

    /// <summary>Lets the history happen to a cloud that a target watches.</summary>
    public async Task<ModelCloud> HappenAsync(WatchRig rig, WatchedTarget target)
    {
        var cloud = new ModelCloud(rig.Time);
        PutOldJobs(cloud, rig.Time.GetUtcNow());
        var left = new Dictionary<string, ImmediateJob>();
        var watch = Watch();
        foreach (var chapter in Chapters)
        {
            var before = cloud.Jobs;
            rig.Time.Advance(TimeSpan.FromMinutes(chapter.Minutes));
            for (var number = 0; number < chapter.Events.Count; number++)
            {
                Happen(cloud, left, $"job-{number}", chapter, chapter.Events[number], rig.Time.GetUtcNow());
            }

            cloud.Hidden = chapter.Hides > 0 ? Enumerable.Range(0, chapter.Hides).Select(number => $"job-{number}").ToHashSet() : [];
            cloud.Stale = chapter.Lags ? before : new Dictionary<string, ImmediateJob>();
            cloud.Proves = chapter.Proves;
            watch = chapter.Restarts ? Watch() : watch;
            if (chapter.IsPolled)
            {
                await watch.PollAsync(CancellationToken.None);
            }
        }

        await SettleAsync();
        return cloud;

        TargetWatch Watch() => rig.WatchOver(TargetClient.Of(target.ProjectId, cloud), target);

        // Long enough for two full listings, and for look-ups after them.
        async Task SettleAsync()
        {
            (cloud.Hidden, cloud.Stale, cloud.Proves) = (new HashSet<string>(), new Dictionary<string, ImmediateJob>(), true);
            for (var poll = 0; poll < 12; poll++)
            {
                rig.Time.Advance(TimeSpan.FromMinutes(10));
                await watch.PollAsync(CancellationToken.None);
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
            isFaulty ? Gen.Bool : Gen.Const(false),
            isFaulty ? Gen.Bool : Gen.Const(true),
            (minutes, happenings, appears, polled, restarts, hides, lags, proves) => new Chapter(
                minutes, happenings, appears, polled > 0, restarts == 0, hides, lags, proves));
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
