using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Scenarios;

/// <summary>Makes up one job after the other, in order of creation, from a seed alone.</summary>
internal sealed class Storyteller
{
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(11);

    private readonly string seed;
    private readonly Random random;
    private readonly Fleet fleet;
    private readonly Plot plot;
    private readonly ShuffleBag<JobKind> kinds;
    private readonly List<JobKind> postponed = [];
    private int told;

    /// <summary>Begins a story.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="first">When its first job may be created.</param>
    /// <param name="hostileNames">Whether some instances have hostile names.</param>
    public Storyteller(string seed, DateTimeOffset first, bool hostileNames)
    {
        this.seed = seed;
        random = new Random(DeterministicId.Seed(seed));
        fleet = new Fleet(random, seed, hostileNames);
        plot = new Plot(random, first);
        kinds = new(random, [.. JobKind.All.SelectMany(kind => Enumerable.Repeat(kind, kind.Weight))]);
        fleet.Found(first);
        NextCreated = first;
    }

    /// <summary>When the next job is created.</summary>
    public DateTimeOffset NextCreated { get; private set; }

    public JobStory Next()
    {
        var created = NextCreated;
        var (kind, instance) = Choose(created);
        var phases = plot.Phases(kind, created);
        var story = new JobStory(
            DeterministicId.Uuid($"{seed} job {told++}"),
            kind.Name,
            random.Next(8) == 0 ? $"CS{random.NextInt64(10_000_000_000, 99_999_999_999)}" : "",
            random.Next(2) == 0 ? null : "",
            instance,
            phases);
        Finish(story, kind);
        NextCreated = created + Between(ShortestGap, LongestGap);
        return story;
    }

    private (JobKind Kind, InstanceStory Instance) Choose(DateTimeOffset time)
    {
        foreach (var kind in postponed)
        {
            if (fleet.For(kind, time) is { } instance)
            {
                postponed.Remove(kind);
                return (kind, instance);
            }
        }

        // Ends: an idle instance can be rebooted, and where all are busy, another one can be created.
        while (true)
        {
            var kind = kinds.Draw();
            if (fleet.For(kind, time) is { } instance)
            {
                return (kind, instance);
            }

            if (!postponed.Contains(kind))
            {
                postponed.Add(kind);
            }
        }
    }

    private void Finish(JobStory story, JobKind kind)
    {
        var instance = story.Instance;
        instance.BusyUntil = story.Ended ?? DateTimeOffset.MaxValue;
        if (story.Ended is not { } ended)
        {
            return;
        }

        if (story.Phases[^1].Status == JobStatuses.Completed)
        {
            kind.Succeed(instance);
            var name = kind.Name == JobKind.Rename ? fleet.NewName() : instance.Last.Name;
            instance.Become(ended, name, instance.IsGone ? "deleted" : "normal");
        }
        else if (kind.Creates)
        {
            instance.IsGone = true;
            instance.Become(ended, instance.Last.Name, "createfail");
        }
        else if (story.Phases[^1].Status == JobStatuses.Failed && random.Next(3) == 0)
        {
            instance.Become(ended, instance.Last.Name, "abnormal");
        }
    }

    private TimeSpan Between(TimeSpan least, TimeSpan most)
        => least + ((most - least) * random.NextDouble());
}
