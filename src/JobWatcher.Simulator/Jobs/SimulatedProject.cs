namespace JobWatcher.Simulator.Jobs;

/// <summary>The jobs of one project. Thread-safe. Reading first lets the scenario catch up with the clock.</summary>
public sealed class SimulatedProject
{
    private readonly Lock gate = new();
    private readonly JobIndex index = new();
    private readonly ChangeJournal journal = new();
    private readonly StatusLedger ledger = new();
    private readonly TimeProvider clock;
    private readonly IJobTimeline? timeline;

    internal SimulatedProject(ProjectOptions options, TimeProvider clock, IJobTimeline? timeline)
    {
        Options = options;
        this.clock = clock;
        this.timeline = timeline;
    }

    /// <summary>Its id, region and kind of server.</summary>
    public ProjectOptions Options { get; }

    /// <summary>All jobs, newest first.</summary>
    public IReadOnlyList<SimulatedJob> Jobs => Read(new JobFilter(), 0, int.MaxValue).Jobs;

    /// <summary>By job id: each status that a listing showed, in order, and when it first did.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ServedStatus>> ServedStatuses
    {
        get
        {
            lock (gate)
            {
                return ledger.Snapshot();
            }
        }
    }

    /// <summary>How many jobs all readings and changes looked at: a page must not cost the whole list.</summary>
    internal long Visits
    {
        get
        {
            lock (gate)
            {
                return index.Visits;
            }
        }
    }

    /// <summary>The job of that id, or null.</summary>
    public SimulatedJob? Find(string jobId)
    {
        lock (gate)
        {
            CatchUp();
            return index.Find(jobId);
        }
    }

    /// <summary>Adds a job, or replaces the one with its id.</summary>
    public void Put(SimulatedJob job) => PutAll([job]);

    /// <summary>Adds or replaces many jobs at once; no listing sees only some of them.</summary>
    public void PutAll(IEnumerable<SimulatedJob> jobs)
    {
        // Ascending, each insertion is an append.
        var ascending = jobs.Select(job => new IndexedJob(job)).Order(IndexedJob.OldestFirst).ToList();
        lock (gate)
        {
            CatchUp();
            ascending.ForEach(job => Apply(new JobChange(clock.GetUtcNow(), job.Job.JobId, job.Job)));
        }
    }

    /// <summary>Replaces a job by what <paramref name="change"/> makes of it.</summary>
    /// <returns>False where there is no such job.</returns>
    public bool Update(string jobId, Func<SimulatedJob, SimulatedJob> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (gate)
        {
            CatchUp();
            if (index.Find(jobId) is not { } job)
            {
                return false;
            }

            Apply(new JobChange(clock.GetUtcNow(), jobId, change(job)));
            return true;
        }
    }

    /// <summary>Takes a job off the list.</summary>
    /// <returns>False where there is no such job.</returns>
    public bool Remove(string jobId)
    {
        lock (gate)
        {
            CatchUp();
            var there = index.Find(jobId) is not null;
            Apply(new JobChange(clock.GetUtcNow(), jobId, null));
            return there;
        }
    }

    /// <summary>Forgets all jobs and what was served. A scenario goes on with what changes from now on.</summary>
    public void Clear()
    {
        lock (gate)
        {
            CatchUp();
            index.Clear();
            journal.Clear();
            ledger.Clear();
        }
    }

    /// <summary>
    /// Forgets what was served and how the list was before, which otherwise grow for as long as jobs come and go. The jobs
    /// stay as they are.
    /// </summary>
    public void ForgetHistory()
    {
        lock (gate)
        {
            CatchUp();
            journal.Clear();
            ledger.Clear();
        }
    }

    /// <summary>Reads the list as it is, or as it was <paramref name="lag"/> ago.</summary>
    internal JobSlice Read(JobFilter filter, int skip, int take, TimeSpan lag = default)
    {
        lock (gate)
        {
            CatchUp();
            var shown = lag > TimeSpan.Zero ? journal.AsOf(clock.GetUtcNow() - lag, index) : index;
            var range = shown.Select(filter);
            return new JobSlice([.. range.NewestFirst(skip, take)], range.Count, shown.Names());
        }
    }

    internal void RecordServed(IEnumerable<SimulatedJob> jobs)
    {
        lock (gate)
        {
            foreach (var job in jobs)
            {
                ledger.Add(job, clock.GetUtcNow());
            }
        }
    }

    private void CatchUp()
    {
        foreach (var change in timeline?.ChangesUntil(clock.GetUtcNow()) ?? [])
        {
            Apply(change);
        }
    }

    private void Apply(JobChange change)
    {
        journal.Add(change.Time, change.JobId, index.Find(change.JobId));
        if (change.Job is null)
        {
            index.Remove(change.JobId);
        }
        else
        {
            index.Put(change.Job);
        }
    }
}
