namespace JobWatcher.Storage;

/// <summary>Whether the store answered the last time that it was used. Safe for several threads.</summary>
internal sealed class StoreHealth
{
    private int _isDown;

    /// <summary>True unless the last use failed.</summary>
    public bool IsUp => Volatile.Read(ref _isDown) == 0;

    /// <summary>Takes in a success; true when the use before it had failed.</summary>
    public bool Works() => Interlocked.Exchange(ref _isDown, 0) == 1;

    /// <summary>Takes in a failure; true when the use before it had worked.</summary>
    public bool Fails() => Interlocked.Exchange(ref _isDown, 1) == 0;
}
