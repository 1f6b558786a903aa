using System.Collections.Concurrent;

namespace JobWatcher.Polling;

/// <summary>Tells the beginning of a fault from its going on, for each target, so that a fault is logged once.</summary>
internal sealed class OncePerSpell
{
    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);

    /// <summary>Takes in whether the fault is there now; true when it was not there before.</summary>
    public bool Begins(string target, bool isThere)
    {
        if (!isThere)
        {
            _running.TryRemove(target, out _);
            return false;
        }

        return _running.TryAdd(target, true);
    }
}
