using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Planning;
using JobWatcher.Polling;
using JobWatcher.Polling.Targets;
using JobWatcher.Simulator.Jobs;
using JobNames = JobWatcher.Simulator.Jobs.JobNames;

namespace JobWatcher.Tests.Soak;

/// <summary>
/// One project whose jobs come, change and go, and the polls of it. Jobs that are long gone are compared with what was told of
/// them, and forgotten: what a soak remembers must not grow with its length.
/// </summary>
internal sealed class SoakTarget(
    WatchedTarget watched, SimulatedProject project, FaultWeather weather, StoreWeather storeWeather, SleepClock clock, Random random)
{
    private const int JobsAtStart = 25;
    private const double NewJobsAMinute = 0.2;
    private const double StepsAMinute = 0.1;
    private const double VanishesAMinute = 0.0005;

    // The API lists ended jobs for a month; so short a time lets as many come and go in a day as else in years. Both are longer
    // than any row of faults, so that an end is seen before the job goes, and all is told before it is compared.
    private static readonly TimeSpan Listed = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(45);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, JobLife> _jobs = new(StringComparer.Ordinal);
    private readonly List<(DateTimeOffset Began, DateTimeOffset Ended)> _polls = [];
    private readonly SleepClock.Sleeper _sleeper = new();
    private IReadOnlyList<FaultWeather.InForce> _faults = [];
    private Task _polling = Task.CompletedTask;

    public string Name => watched.Name;

    public bool IsPolling => !_polling.IsCompleted;

    /// <summary>Whether its poll waits for the clock by itself.</summary>
    public bool IsAsleep => _sleeper.Sleeps > 0;

    /// <summary>Whether a fault may let its poll's request wait for the clock.</summary>
    public bool MayBeHeld => Volatile.Read(ref _faults).Concat(weather.Over(watched.ProjectId)).Any(fault => fault.Kind.IsSlow);

    /// <summary>Who polls it.</summary>
    public TargetWatch? Watch { get; set; }

    /// <summary>How many polls have ended.</summary>
    public int Polls { get; private set; }

    /// <summary>How many polls the watcher's end cut off.</summary>
    public int PollsCut { get; private set; }

    public int JobsSeen { get; private set; }

    /// <summary>How many jobs the cloud lists, and how many the watcher takes for listed.</summary>
    public (int Listed, int Known) Jobs => (project.Jobs.Count, Watch!.State.Snapshot.Jobs.Count);

    /// <summary>What was told wrongly or not at all.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>The jobs from before watching began.</summary>
    public void Begin()
    {
        for (var number = 0; number < JobsAtStart; number++)
        {
            Create(isOfBaseline: true);
        }
    }

    /// <summary>A minute of work in the project.</summary>
    public void Turn()
    {
        lock (_lock)
        {
            foreach (var life in _jobs.Values.ToList())
            {
                Turn(life);
            }

            if (random.NextDouble() < NewJobsAMinute)
            {
                Create(isOfBaseline: false);
            }

            // The soak holds the truth itself; the simulator's would be taken for the watcher's memory.
            project.ForgetHistory();
            _polls.RemoveAll(poll => poll.Ended < clock.GetUtcNow() - Listed - Settled - Settled);
        }
    }

    /// <summary>Polls, unless a poll is still running: polls of a target do not overlap.</summary>
    /// <param name="stopping">Fires when the watcher ends.</param>
    public void Poll(CancellationToken stopping)
    {
        if (IsPolling)
        {
            // One that has passed when it is looked for may still hold the request that it met.
            Volatile.Write(ref _faults, [.. _faults, .. weather.Over(watched.ProjectId)]);
        }
        else
        {
            _polling = Task.Run(() => PollAsync(stopping), CancellationToken.None);
        }
    }

    /// <summary>The watcher told a step.</summary>
    public void Tell(string jobId, string from, string to)
    {
        lock (_lock)
        {
            if (_jobs.TryGetValue(jobId, out var life))
            {
                life.Tell(from, to);
            }
            else
            {
                Faults.Add($"{jobId} is no job that anybody could still tell of: {from} to {to}");
            }
        }
    }

    /// <summary>Compares all jobs that are left with what was told of them.</summary>
    public void Settle()
    {
        lock (_lock)
        {
            Faults.AddRange(_jobs.Values.Select(life => life.Fault(_polls)).OfType<string>());
        }
    }

    /// <summary>Waits for the poll that runs, and passes its failure on.</summary>
    public Task PolledAsync() => _polling;

    private async Task PollAsync(CancellationToken stopping)
    {
        clock.Follow(_sleeper);
        var (began, faults, storeFault) = (clock.GetUtcNow(), weather.Over(watched.ProjectId), storeWeather.InForce);
        Volatile.Write(ref _faults, faults);
        PollOutcome outcome;
        try
        {
            outcome = await Watch!.PollAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            PollsCut++;
            return;
        }

        lock (_lock)
        {
            Polls++;
            if (outcome == PollOutcome.Success)
            {
                _polls.Add((began, clock.GetUtcNow()));
            }
        }

        if (!outcome.IsAnswered())
        {
            Blame(faults, storeFault);
        }
    }

    private void Blame(IReadOnlyList<FaultWeather.InForce> faults, StoreFault? storeFault)
    {
        if (storeFault is null && storeWeather.InForce is null)
        {
            weather.Failed(watched.ProjectId, faults);
        }
        else if (faults.Count == 0 && weather.Over(watched.ProjectId).Count == 0 && storeFault == storeWeather.InForce)
        {
            storeWeather.Failed(storeFault!.Value);
        }
    }

    private void Turn(JobLife life)
    {
        var now = clock.GetUtcNow();
        if (life.Removed is { } removed)
        {
            if (now > removed + Settled)
            {
                Faults.AddRange(new[] { life.Fault(_polls) }.OfType<string>());
                _jobs.Remove(life.JobId);
            }
        }
        else if (life.IsOpen ? random.NextDouble() < VanishesAMinute : life.Since + Listed < now)
        {
            project.Remove(life.JobId);
            life.Remove(now);
        }
        else if (life.IsOpen && random.NextDouble() < StepsAMinute)
        {
            Step(life, now);
        }
    }

    private void Step(JobLife life, DateTimeOffset now)
    {
        var to = life.Status == "Pending" ? JobStatus.Running : random.Next(10) switch
        {
            0 => JobStatus.Failed,
            1 => JobStatus.Canceled,
            _ => JobStatus.Completed,
        };
        project.Update(life.JobId, job => to == JobStatus.Running ? job.Running("10%")
            : to == JobStatus.Failed ? job.Failed(now)
            : to == JobStatus.Canceled ? job.Canceled(now)
            : job.Completed(now));
        life.Become(to.Value, now);
    }

    private void Create(bool isOfBaseline)
    {
        var now = clock.GetUtcNow();
        var name = JobNames.All[random.Next(JobNames.All.Count)];
        // The first second belongs to the baseline, whatever the first poll shows of it (rule D1).
        var job = SimulatedJob.Pending(name, isOfBaseline ? now.AddMinutes(-1) : now, $"{Name}-{JobsSeen++}");
        var life = new JobLife(job.JobId, isOfBaseline);
        life.Become("Pending", now);
        _jobs.Add(job.JobId, life);
        project.Put(job);
    }
}
