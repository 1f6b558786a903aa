using JobWatcher.Planning;
using JobWatcher.Polling;
using JobWatcher.Polling.Budgets;
using JobWatcher.Polling.Clients;
using JobWatcher.Polling.Scheduling;
using JobWatcher.Polling.Targets;
using JobWatcher.Storage;

namespace JobWatcher.Reloading;

/// <summary>
/// Changes what is watched: targets that come, go or change. All others keep watch, state and trigger. Nothing here needs
/// the cloud, and what the store cannot give now the first poll reads. One caller at a time.
/// </summary>
internal sealed class WatchChange(
    TargetWatches watches,
    TargetWatchFactory factory,
    PollSchedule schedule,
    PollReports reports,
    EntryShares shares,
    CloudClients clients,
    TimeProvider time)
{
    // A cancelled request ends at once and a commit soon; what does not is kept from committing by the fence.
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(5);

    private readonly List<Task> _leaving = [];

    /// <summary>Makes the new watches, which is all that can fail, and changes nothing.</summary>
    /// <exception cref="InvalidDataException">A target's file of certificates cannot be used.</exception>
    public NewWatches Prepare(TargetChanges changes) => new(
        [.. changes.Added.Select(planned => factory.Create(planned))],
        [
            .. from planned in changes.Changed
               let before = watches.Find(planned.Target.Name)
               select (before, factory.Create(planned, before)),
        ]);

    /// <summary>Puts the new watches in force, and ends those of removed targets and of former configurations.</summary>
    /// <param name="made">The new ones.</param>
    /// <param name="removed">The names of the targets that are removed.</param>
    /// <param name="all">All targets that are watched from now on.</param>
    /// <param name="cancellationToken">The process stops.</param>
    public async Task ApplyAsync(
        NewWatches made,
        IReadOnlyCollection<string> removed,
        IReadOnlyCollection<PlannedTarget> all,
        CancellationToken cancellationToken)
    {
        var gone = removed.Select(watches.Find).OfType<TargetWatch>().ToList();
        // First of all: whatever takes its time below, the next scrape must not show them any more.
        watches.Replace(watches.All.Except(gone));
        foreach (var name in removed)
        {
            await schedule.RemoveAsync(name, cancellationToken);
        }

        var replaced = made.Changed.Select(pair => pair.Before).ToList();
        var cutOff = await RetireAsync([.. gone, .. replaced], cancellationToken);
        foreach (var (before, after) in made.Changed)
        {
            after.GoOnFrom(before);
        }

        await TakeOverAsync(made.Added, cancellationToken);
        watches.Replace([.. watches.All.Except(replaced), .. made.Changed.Select(pair => pair.After), .. made.Added]);
        foreach (var watch in gone.Concat(replaced))
        {
            watch.Retirement.Succeed();
        }

        await ScheduleAsync(made, cutOff, cancellationToken);
        foreach (var name in removed)
        {
            reports.Removed(name);
        }

        LetGo(all);
    }

    /// <summary>
    /// Drops what none of these targets uses. While a poll of a former configuration still runs, all stays until the next change.
    /// </summary>
    public void LetGo(IReadOnlyCollection<PlannedTarget> all)
    {
        _leaving.RemoveAll(goodbye => goodbye.IsCompleted);
        if (_leaving.Count == 0)
        {
            shares.Keep(all.Select(planned => planned.Target.Credentials).ToHashSet(StringComparer.Ordinal));
            clients.Keep(all);
        }
    }

    private async Task<HashSet<TargetWatch>> RetireAsync(IReadOnlyList<TargetWatch> ending, CancellationToken cancellationToken)
    {
        var goodbyes = ending.Select(watch => watch.Retirement.RetireAsync()).ToList();
        try
        {
            await Task.WhenAll(goodbyes).WaitAsync(LongestGoodbye, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            _leaving.AddRange(goodbyes.Where(goodbye => !goodbye.IsCompleted));
        }

        return
        [
            .. ending.Zip(goodbyes)
                .Where(pair => !pair.Second.IsCompletedSuccessfully || pair.Second.Result)
                .Select(pair => pair.First),
        ];
    }

    // So that a target that was watched before is shown at once as it stood.
    private async Task TakeOverAsync(IEnumerable<TargetWatch> added, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var watch in added)
            {
                await watch.TakeOverAsync(cancellationToken);
            }
        }
        catch (StoreException exception)
        {
            reports.StoreFailed(exception);
        }
    }

    private async Task ScheduleAsync(NewWatches made, HashSet<TargetWatch> cutOff, CancellationToken cancellationToken)
    {
        foreach (var watch in made.Added)
        {
            await schedule.AddAsync(watch, cancellationToken);
        }

        foreach (var (before, after) in made.Changed)
        {
            if (before.Interval != after.Interval)
            {
                await schedule.RescheduleAsync(after, cancellationToken);
            }

            // Its turn may be a day away.
            if (cutOff.Contains(before))
            {
                await schedule.PollNowAsync(after.Target.Name, cancellationToken);
            }
        }
    }
}

/// <summary>Watches that were made for a new configuration.</summary>
/// <param name="Added">Those of new targets.</param>
/// <param name="Changed">Those that take the place of others.</param>
internal sealed record NewWatches(
    IReadOnlyList<TargetWatch> Added, IReadOnlyList<(TargetWatch Before, TargetWatch After)> Changed);
