using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Planning;
using JobWatcher.Polling.Clients;
using JobWatcher.Polling.Clocks;
using JobWatcher.Polling.Windows;
using JobWatcher.Snapshots;
using JobWatcher.Storage;

namespace JobWatcher.Polling.Targets;

/// <summary>Asks the cloud, and the store where it must, for all that one poll compares. One poll at a time.</summary>
internal sealed class TargetObserver(TargetClient client, IWatchStore store, TimeProvider time)
{
    private readonly SteadyShortfall _fullShortfall = new();
    private readonly SteadyShortfall _windowShortfall = new();
    private readonly LookUpTurns _turns = new();
    private IReadOnlySet<string> _notFound = new HashSet<string>(StringComparer.Ordinal);
    private CloudDates _dates = CloudDates.Before(knownAhead: null);
    private bool _wasFull;

    /// <summary>The cloud's clock, as of the last answer that counts; null before the first.</summary>
    public CloudClock? Cloud => _dates.Clock;

    /// <summary>How far the cloud's clock is ahead of ours, as far as dates tell that; null before the first.</summary>
    public TimeSpan? CloudAhead => _dates.Told?.Now(time) - time.GetUtcNow();

    /// <summary>The monotonic time at which the last listing began.</summary>
    public long StartedAt { get; private set; }

    /// <summary>
    /// Whether the last poll cost what polls of this target regularly do: a full listing between polls by window is for the
    /// part of the budget that regular polls leave (rule L6).
    /// </summary>
    public bool WasRegular { get; private set; } = true;

    /// <summary>Takes over what another observer of the same jobs has learnt of the cloud's clock.</summary>
    public void GoOnFrom(TargetObserver before) => _dates = before._dates;

    /// <summary>Lists the jobs, and looks up what must be.</summary>
    /// <param name="target">The target.</param>
    /// <param name="record">Its row.</param>
    /// <param name="previous">The last snapshot.</param>
    /// <param name="cancellationToken">The poll's time is up, or the process stops.</param>
    /// <param name="stopping">The process stops.</param>
    public async Task<Observation> ObserveAsync(
        WatchedTarget target,
        TargetRecord record,
        Snapshot previous,
        CancellationToken cancellationToken,
        CancellationToken stopping)
    {
        var jobs = await client.GetAsync(cancellationToken);
        var wasTimeKnown = _dates.Told is not null;
        _dates = wasTimeKnown ? _dates : CloudDates.Before(record.CloudAhead);
        var window = Choose();
        StartedAt = time.GetTimestamp();
        var observation = await ListAsync(jobs, window, cancellationToken);
        if (!wasTimeKnown && observation.WindowStart is not null && Choose().IsFull)
        {
            // Now the cloud's time is known: a process that lives for one poll must get its full listings too.
            window = PollWindow.Full;
            observation = await ListAsync(jobs, window, cancellationToken);
        }

        var lookUps = await LookUpAsync(
            jobs, ToLookUp(previous, window, observation), cancellationToken, stopping);

        _notFound = window.LookedUp.Where(id => lookUps.GetValueOrDefault(id)?.Job is null).ToHashSet(StringComparer.Ordinal);
        return observation with
        {
            LastAnswered = record.LastAnswered,
            LookUps = lookUps,
            Remembered = await RecallAsync(target.Name, previous, observation.Listing, lookUps.Values, stopping),
        };

        PollWindow Choose() => PollWindow.Choose(
            record, previous, _notFound, _dates.Told?.Now(time), target.Overlap, target.FullListingEvery);
    }

    private async Task<Observation> ListAsync(
        IImmediateJobsClient jobs, PollWindow window, CancellationToken cancellationToken)
    {
        var isRefused = false;
        Listing listing;
        try
        {
            listing = await jobs.ListAsync(new ListingQuery { StartTime = window.Start }, cancellationToken);
        }
        catch (CloudException exception) when (!window.IsFull && exception is { HttpStatus: 400, WasNotSent: false })
        {
            isRefused = true;
            listing = await jobs.ListAsync(ListingQuery.All, cancellationToken);
        }

        Learn(listing);
        var isFull = window.IsFull || isRefused;
        (WasRegular, _wasFull) = (!isFull || _wasFull, isFull);
        // What a window falls short of says nothing about the whole list, and the other way round.
        var isServersOwn = (isFull ? _fullShortfall : _windowShortfall).IsServersOwn(listing);
        return new Observation
        {
            Listing = listing,
            WindowStart = isFull ? null : window.Start,
            IsWindowRefused = isRefused,
            IsCovering = listing.IsComplete || isServersOwn,
            CloudTime = _dates.TimeOf(listing.CloudTime, StartedAt, time) ?? time.GetUtcNow(),
            ObservedTime = time.GetUtcNow(),
        };
    }

    // The latest date is of about now; the earliest is as old as the listing, so that it can confirm a clock but tell none.
    private void Learn(Listing listing)
    {
        _dates = (listing.LatestCloudTime ?? listing.CloudTime) is { } latest ? _dates.After(latest, time) : _dates;
        _dates = listing.CloudTime is { } earliest ? _dates.Upheld(earliest, StartedAt, time) : _dates;
    }

    private IEnumerable<string> ToLookUp(Snapshot previous, PollWindow window, Observation observation)
    {
        var suspects = MissingJobs.ToLookUp(previous, observation).Union(previous.Doubted, StringComparer.Ordinal);
        var listed = observation.Listing.Jobs.Select(job => job.JobId);
        return window.LookedUp.Except(listed, StringComparer.Ordinal).Union(_turns.Take(suspects), StringComparer.Ordinal);
    }

    // Rule L5: a look-up never fails the poll; those for which the time did not suffice prove nothing.
    private static async Task<Dictionary<string, LookUp>> LookUpAsync(
        IImmediateJobsClient client,
        IEnumerable<string> jobIds,
        CancellationToken cancellationToken,
        CancellationToken stopping)
    {
        var lookUps = new Dictionary<string, LookUp>(StringComparer.Ordinal);
        try
        {
            foreach (var jobId in jobIds)
            {
                lookUps[jobId] = await client.FindAsync(jobId, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return lookUps;
        }

        return lookUps;
    }

    private async Task<IReadOnlyDictionary<string, JobSnapshot>> RecallAsync(
        string target, Snapshot previous, Listing listing, IEnumerable<LookUp> lookUps, CancellationToken stopping)
    {
        var unknown = listing.Jobs
            .Concat(lookUps.Select(lookUp => lookUp.Job).OfType<ImmediateJob>())
            .Select(job => job.JobId)
            .Where(id => !previous.Jobs.ContainsKey(id))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return unknown.Count == 0
            ? new Dictionary<string, JobSnapshot>(StringComparer.Ordinal)
            : await store.ReadGoneJobsAsync(target, unknown, stopping);
    }
}
