using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Scenarios;

/// <summary>Plays a storyteller's jobs as the clock goes on.</summary>
internal sealed class SeededTimeline(Storyteller teller, ScenarioClock clock) : IJobTimeline
{
    // The number keeps what falls on the same instant in the order in which it was told.
    private readonly PriorityQueue<(JobStory Story, int Phase), (DateTimeOffset At, long Number)> due = new();
    private long queued;

    public static SeededTimeline Begin(int seed, string project, DateTimeOffset start, ScenarioOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Speed);
        return new SeededTimeline(
            new Storyteller($"{seed} {project}", start - options.History, options.HostileNames),
            new ScenarioClock(start, options.Speed));
    }

    public IEnumerable<JobChange> ChangesUntil(DateTimeOffset time)
    {
        var until = clock.ToScenario(time);
        while (true)
        {
            TellUpTo(until);
            if (!due.TryPeek(out _, out var next) || next.At > until)
            {
                yield break;
            }

            var (story, phase) = due.Dequeue();
            foreach (var change in Play(story, phase, next.At))
            {
                yield return change;
            }
        }
    }

    private void TellUpTo(DateTimeOffset time)
    {
        while (teller.NextCreated <= time && !(due.TryPeek(out _, out var next) && next.At < teller.NextCreated))
        {
            var story = teller.Next();
            story.Instance.Jobs.Add(story);
            Enqueue(story, 0, story.Created);
        }
    }

    private IEnumerable<JobChange> Play(JobStory story, int phase, DateTimeOffset at)
    {
        var time = clock.ToCloud(at);
        if (phase == story.Phases.Count)
        {
            story.Instance.Jobs.Remove(story);
            yield return new JobChange(time, story.JobId, null);
            yield break;
        }

        if (phase + 1 < story.Phases.Count)
        {
            Enqueue(story, phase + 1, story.Phases[phase + 1].From);
        }
        else if (story.Forgotten is { } forgotten)
        {
            Enqueue(story, phase + 1, forgotten);
        }

        // An end may change the instance, which all its jobs show.
        IEnumerable<JobStory> touched = story.Instance.At(at).From == at ? story.Instance.Jobs : [story];
        foreach (var job in touched)
        {
            yield return new JobChange(time, job.JobId, job.At(at, clock));
        }
    }

    private void Enqueue(JobStory story, int phase, DateTimeOffset at) => due.Enqueue((story, phase), (at, queued++));
}
