using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Chaos.Scenario;

/// <summary>
/// Lets things happen at the cloud, whether the watcher lives or not: jobs appear, go on, fail, are
/// repaired, end within one poll, are taken off the list and come back. What it does is decided by a seed; when, by the machine as well.
/// </summary>
internal sealed class JobDriver(Cloud cloud, IReadOnlyList<ChaosTarget> targets, int seed) : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(180);
    private static readonly TimeSpan Youth = TimeSpan.FromMinutes(2);

#pragma warning disable CA5394 // A seed that can be given again is the point.
    private readonly Random _random = new(seed);
    private readonly JobLife _life = new(new Random(seed));
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, List<CloudJob>> _listed = targets.ToDictionary(target => target.Name, _ => new List<CloudJob>(), StringComparer.Ordinal);
    private readonly List<(ChaosTarget Target, CloudJob Job)> _broken = [];
    private readonly List<(ChaosTarget Target, CloudJob Job)> _left = [];
    private readonly Dictionary<string, List<CloudJob>> _removed = targets.ToDictionary(target => target.Name, _ => new List<CloudJob>(), StringComparer.Ordinal);

    /// <summary>Puts the jobs that are there before the watch begins, all of them days old.</summary>
    public async Task BeginAsync()
    {
        foreach (var target in targets)
        {
            for (var number = 0; number < target.Before; number++)
            {
                var job = _life.Make(DateTimeOffset.UtcNow.AddDays(-3).AddMinutes(number));
                // Ended long ago too: a job that ended in the second in which the watch begins could be told or not.
                job = number % 4 == 0 ? job.Running() : job.Completed() with { EndedTime = CloudJob.Format(DateTimeOffset.UtcNow.AddDays(-2)) };
                _listed[target.Name].Add(job);
            }

            await cloud.PutIntoAsync(target.ProjectId, [.. _listed[target.Name]]);
        }
    }

    /// <summary>Goes on until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await InTurnAsync(ActAsync);
            await Task.Delay(ShortestPause + ((LongestPause - ShortestPause) * _random.NextDouble()), CancellationToken.None);
        }
    }

    /// <summary>Lets many jobs end within one poll.</summary>
    public Task BurstAsync(ChaosTarget target, int count) => InTurnAsync(async () =>
    {
        var jobs = Enumerable.Range(0, count).Select(_ => _life.Make(DateTimeOffset.UtcNow).Completed()).ToList();
        _listed[target.Name].AddRange(jobs);
        await cloud.PutIntoAsync(target.ProjectId, [.. jobs]);
    });

    /// <summary>Lets one job appear on each target.</summary>
    public Task AppearEverywhereAsync() => InTurnAsync(async () =>
    {
        foreach (var target in targets)
        {
            await AppearAsync(target);
        }
    });

    /// <summary>Repairs all that has failed.</summary>
    public async Task RepairAllAsync()
    {
        _broken.AddRange(_left);
        while (_broken.Count > 0)
        {
            await InTurnAsync(RepairAsync);
            await Task.Delay(ShortestPause);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task InTurnAsync(Func<Task> act)
    {
        await _turn.WaitAsync();
        try
        {
            await act();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ActAsync()
    {
        var target = targets[_random.Next(targets.Count)];
        await (_random.Next(100) switch
        {
            < 28 => AppearAsync(target),
            < 61 => StepAsync(target),
            < 71 => RaceAsync(target),
            < 81 => RepairAsync(),
            < 83 => LeaveAsync(),
            < 88 => RemoveAsync(target, JobLife.IsOpen),
            < 92 => RemoveAsync(target, job => !JobLife.IsOpen(job)),
            < 97 => ReturnAsync(target),
            _ => ProgressAsync(target),
        });
        await TrimAsync(target);
    }

    private async Task AppearAsync(ChaosTarget target)
    {
        var job = _life.Make(DateTimeOffset.UtcNow);
        for (var steps = _random.Next(3); steps > 0 && JobLife.IsOpen(job); steps--)
        {
            job = _life.Step(job);
        }

        await AddAsync(target, job);
    }

    private async Task AddAsync(ChaosTarget target, CloudJob job)
    {
        _listed[target.Name].Add(job);
        await PutAsync(target, job);
    }

    private async Task PutAsync(ChaosTarget target, CloudJob job)
    {
        if (job.Status == "Failed")
        {
            _broken.Add((target, job));
        }

        await cloud.PutIntoAsync(target.ProjectId, job);
    }

    private async Task RepairAsync()
    {
        if (_broken.Find(broken => JobLife.IsRepairable(broken.Job)) is { Job: { } job } broken)
        {
            _broken.Remove(broken);
            await AddAsync(broken.Target, _life.Repair(job));
        }
    }

    // What nobody repairs ends by age alone.
    private Task LeaveAsync()
    {
        _left.AddRange(_broken.Take(1));
        _broken.RemoveRange(0, Math.Min(1, _broken.Count));
        return Task.CompletedTask;
    }

    private Task StepAsync(ChaosTarget target) => ChangeAsync(target, _life.Step);

    // Several steps in a row, each of which a poll may catch or not.
    private async Task RaceAsync(ChaosTarget target)
    {
        var place = Find(target, JobLife.IsOpen);
        while (place >= 0 && JobLife.IsOpen(_listed[target.Name][place]))
        {
            var job = _listed[target.Name][place] = _life.Step(_listed[target.Name][place]);
            await PutAsync(target, job);
        }
    }

    private Task ProgressAsync(ChaosTarget target) => ChangeAsync(target, job => job with { Process = $"{_random.Next(100)}%" });

    private async Task ChangeAsync(ChaosTarget target, Func<CloudJob, CloudJob> change)
    {
        if (Find(target, JobLife.IsOpen) is >= 0 and var place)
        {
            var job = _listed[target.Name][place] = change(_listed[target.Name][place]);
            await PutAsync(target, job);
        }
    }

    private async Task RemoveAsync(ChaosTarget target, Predicate<CloudJob> fits)
    {
        if (Find(target, fits) is >= 0 and var place)
        {
            var job = _listed[target.Name][place];
            _listed[target.Name].RemoveAt(place);
            _removed[target.Name].Add(job);
            await cloud.RemoveFromAsync(target.ProjectId, job.JobId);
        }
    }

    private async Task ReturnAsync(ChaosTarget target)
    {
        // An older one a poll need not look for: until the next full listing it may stay unseen (rules L3 and L4).
        if (_removed[target.Name].FindLast(IsYoung) is { } job)
        {
            _removed[target.Name].Remove(job);
            _listed[target.Name].Add(job);
            await cloud.PutIntoAsync(target.ProjectId, job);
        }
    }

    private static bool IsYoung(CloudJob job) => DateTimeOffset.UtcNow - CloudJob.Parse(job.CreatedTime) < Youth;

    private async Task TrimAsync(ChaosTarget target)
    {
        var jobs = _listed[target.Name];
        foreach (var job in jobs.Where(job => !JobLife.IsOpen(job)).Take(Math.Max(0, jobs.Count - target.Most)).ToList())
        {
            jobs.Remove(job);
            await cloud.RemoveFromAsync(target.ProjectId, job.JobId);
        }
    }

    private int Find(ChaosTarget target, Predicate<CloudJob> fits)
    {
        var jobs = _listed[target.Name];
        var places = Enumerable.Range(0, jobs.Count).Where(place => fits(jobs[place])).ToList();
        return places.Count == 0 ? -1 : places[_random.Next(places.Count)];
    }
#pragma warning restore CA5394
}
