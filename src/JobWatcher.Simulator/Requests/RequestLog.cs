namespace JobWatcher.Simulator.Requests;

/// <summary>The latest requests, control calls aside, for assertions. Thread-safe.</summary>
public sealed class RequestLog
{
    /// <summary>How many requests are kept; older ones are dropped.</summary>
    public const int Capacity = 10_000;

    private readonly Lock gate = new();
    private readonly Queue<LoggedRequest> entries = new();
    private long total;

    /// <summary>How many requests arrived since the last <see cref="Clear"/>, dropped ones included.</summary>
    public long Total
    {
        get
        {
            lock (gate)
            {
                return total;
            }
        }
    }

    /// <summary>A copy of what is kept, oldest first.</summary>
    public IReadOnlyList<LoggedRequest> Snapshot()
    {
        lock (gate)
        {
            return [.. entries];
        }
    }

    /// <summary>As <see cref="Snapshot"/>, with <see cref="Total"/> at that moment.</summary>
    internal (IReadOnlyList<LoggedRequest> Requests, long Total) SnapshotWithTotal()
    {
        lock (gate)
        {
            return ([.. entries], total);
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        lock (gate)
        {
            entries.Clear();
            total = 0;
        }
    }

    internal void Add(LoggedRequest request)
    {
        lock (gate)
        {
            if (entries.Count == Capacity)
            {
                entries.Dequeue();
            }

            entries.Enqueue(request);
            total++;
        }
    }
}
