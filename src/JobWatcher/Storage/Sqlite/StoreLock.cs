namespace JobWatcher.Storage.Sqlite;

/// <summary>
/// Admits one process to a store by a lock on a file beside it (rule C4). The operating system drops the lock with
/// its process; the file stays, for a name that is deleted and made anew could be locked twice.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    // "Would block" of Linux and macOS, and Windows' sharing violation: .NET passes them on as HResult.
    private const int WouldBlockLinux = 11;
    private const int WouldBlockMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="StoreException">Another holds it.</exception>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be made.</exception>
    public static StoreLock Take(string storePath)
    {
        try
        {
            return new StoreLock(new FileStream(
                storePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (
            exception.HResult is WouldBlockLinux or WouldBlockMac or SharingViolation)
        {
            throw new StoreException(
                $"The store {storePath} is in use by another process: end that one, "
                + "or give this one a store.path of its own.",
                exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
