using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Tests.Storage;

/// <summary>What a store should hold of one target, in memory and without any SQL.</summary>
internal sealed class StoreModel(TargetRecord target)
{
    public TargetRecord Target { get; private set; } = target;

    public SortedDictionary<string, JobSnapshot> Jobs { get; } = new(StringComparer.Ordinal);

    public List<(long Sequence, TransitionId Id, string Region, Transition Transition)> Log { get; } = [];

    public long Committed { get; private set; }

    public long Reported { get; set; }

    public Dictionary<CounterKey, CounterValue> Counters { get; } = [];

    public static Dictionary<CounterKey, CounterValue> Count(IEnumerable<Transition> steps) =>
        steps.GroupBy(step => new CounterKey(step.Job.JobName, step.From.Value, step.To.Value))
            .ToDictionary(
                group => group.Key,
                group => new CounterValue(group.Count(), group.Sum(step => step.Duration?.TotalSeconds ?? 0)));

    public void Apply(PollCommit commit)
    {
        Target = commit.Target with { Version = Target.Version + 1 };
        foreach (var job in commit.Jobs)
        {
            Jobs[job.Job.JobId] = job;
        }

        foreach (var step in commit.Transitions)
        {
            var occurrence = 1 + Log.Count(entry =>
                entry.Region == Target.Region
                && entry.Transition.Job.JobId == step.Job.JobId
                && entry.Transition.From == step.From
                && entry.Transition.To == step.To);
            var id = TransitionId.Of(Target.Region, Target.ProjectId, step, occurrence);
            Log.Add((++Committed, id, Target.Region, step));
        }

        foreach (var (key, added) in commit.Increments)
        {
            Counters[key] = Counters.GetValueOrDefault(key) + added;
        }
    }

    public void Apply(string region)
    {
        if (region == Target.Region)
        {
            return;
        }

        Target = new TargetRecord
        {
            Name = Target.Name,
            ProjectId = Target.ProjectId,
            Region = region,
            Version = Target.Version + 1,
        };
        Jobs.Clear();
    }

    public void Prune(DateTimeOffset before) => Log.RemoveAll(entry =>
        entry.Sequence <= Reported
        && entry.Transition.ObservedTime < before
        && !Jobs.ContainsKey(entry.Transition.Job.JobId));

    public int Forget(DateTimeOffset before)
    {
        var forgotten = Jobs.Where(row => row.Value.GoneSince < before).Select(row => row.Key).ToList();
        forgotten.ForEach(id => Jobs.Remove(id));
        return forgotten.Count;
    }
}
