namespace JobWatcher.Storage;

/// <summary>
/// Whether the store could be used the last time. One that cannot be written, as on a full disk, can often be read: only a
/// write ends what a write began. Safe for several threads.
/// </summary>
internal sealed class StoreHealth
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _reasons = new(StringComparer.Ordinal);
    private bool _cannotBeWritten;
    private volatile bool _isDown;

    /// <summary>True unless the last use failed.</summary>
    public bool IsUp => !_isDown;

    /// <summary>It was read.</summary>
    /// <returns>Whether it can be used again now.</returns>
    public bool Reads()
    {
        lock (_lock)
        {
            return !_cannotBeWritten && Recovers();
        }
    }

    /// <summary>It was written.</summary>
    /// <returns>Whether it can be used again now.</returns>
    public bool Writes()
    {
        lock (_lock)
        {
            return Recovers();
        }
    }

    /// <summary>It could not be read.</summary>
    /// <returns>Whether this reason was not given since it could last be used.</returns>
    public bool FailsToRead(string reason)
    {
        lock (_lock)
        {
            return Fails(reason);
        }
    }

    /// <summary>It could not be written.</summary>
    /// <returns>Whether this reason was not given since it could last be used.</returns>
    public bool FailsToWrite(string reason)
    {
        lock (_lock)
        {
            _cannotBeWritten = true;
            return Fails(reason);
        }
    }

    private bool Fails(string reason)
    {
        _isDown = true;
        return _reasons.Add(reason);
    }

    private bool Recovers()
    {
        var wasDown = _isDown;
        (_isDown, _cannotBeWritten) = (false, false);
        _reasons.Clear();
        return wasDown;
    }
}
