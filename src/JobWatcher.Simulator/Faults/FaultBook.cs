using JobWatcher.Simulator.Requests;

namespace JobWatcher.Simulator.Faults;

/// <summary>The faults in force. Thread-safe; each request takes its faults in one step.</summary>
public sealed class FaultBook
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<int, FaultInForce> faults = [];
    private int lastId;

    /// <summary>Puts a fault in force from the next request on.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of the fault makes no sense.</exception>
    public int Put(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        fault.CheckBounds();
        lock (gate)
        {
            lastId++;
            faults.Add(lastId, new FaultInForce(lastId, fault, 0));
            return lastId;
        }
    }

    /// <summary>Ends a fault.</summary>
    /// <returns>False where it had ended already.</returns>
    public bool Clear(int id)
    {
        lock (gate)
        {
            return faults.Remove(id);
        }
    }

    /// <summary>Ends all faults.</summary>
    public void Clear()
    {
        lock (gate)
        {
            faults.Clear();
        }
    }

    /// <summary>A copy, oldest first.</summary>
    public IReadOnlyList<FaultInForce> Snapshot()
    {
        lock (gate)
        {
            return [.. faults.Values];
        }
    }

    internal Fault Take(string? project, ApiOperation? operation)
    {
        lock (gate)
        {
            return faults.Values.ToList()
                .Where(entry => (entry.Fault.Project ?? project) == project)
                .Where(entry => (entry.Fault.Operation ?? operation) == operation)
                .Aggregate(Fault.None, Hit);
        }
    }

    private Fault Hit(Fault effects, FaultInForce entry)
    {
        var matched = entry.Matched + 1;
        if (entry.Fault.Count is { } count && matched >= entry.Fault.Skip + count)
        {
            faults.Remove(entry.Id);
        }
        else
        {
            faults[entry.Id] = entry with { Matched = matched };
        }

        return matched > entry.Fault.Skip ? effects.Overlaid(entry.Fault) : effects;
    }
}
