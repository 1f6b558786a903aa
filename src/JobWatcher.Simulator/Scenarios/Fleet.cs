using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Scenarios;

/// <summary>The instances of a project that can still be worked with.</summary>
internal sealed class Fleet(Random random, string seed, bool hostileNames)
{
    private const int Smallest = 5;
    private const int Largest = 12;

    private readonly List<InstanceStory> instances = [];
    private readonly ShuffleBag<string> names =
        new(random, hostileNames ? [.. InstanceNames.Usual, .. InstanceNames.Hostile] : InstanceNames.Usual);

    private int created;

    /// <summary>The instances that were there before the story begins.</summary>
    public void Found(DateTimeOffset time)
    {
        while (instances.Count < Smallest)
        {
            Create(time, "normal").HasProxy = true;
        }
    }

    /// <summary>An instance for a job of that kind, perhaps a new one; null where the job makes no sense.</summary>
    public InstanceStory? For(JobKind kind, DateTimeOffset time)
    {
        instances.RemoveAll(instance => instance.IsGone || instance.BusyUntil == DateTimeOffset.MaxValue);
        if (kind.Creates)
        {
            // Where every instance is busy, one more is the only way on.
            return instances.Count < Largest || instances.TrueForAll(instance => instance.BusyUntil > time)
                ? Create(time, "creating")
                : null;
        }

        if (kind.Name == JobKind.Delete && instances.Count <= Smallest)
        {
            return null;
        }

        var idle = instances.FindAll(instance => instance.BusyUntil <= time && kind.CanRunOn!(instance));
        return idle.Count == 0 ? null : idle[random.Next(idle.Count)];
    }

    /// <summary>A name that no living instance has.</summary>
    public string NewName()
    {
        var name = names.Draw();
        var number = instances.Count(instance => instance.Last.Name.StartsWith(name, StringComparison.Ordinal));
        return number == 0 ? name : $"{name}-{number + 1}";
    }

    private InstanceStory Create(DateTimeOffset time, string status)
    {
        var id = DeterministicId.Instance($"{seed} instance {created++}");
        var instance = new InstanceStory(id, new InstanceState(time, NewName(), status));
        instances.Add(instance);
        return instance;
    }
}
