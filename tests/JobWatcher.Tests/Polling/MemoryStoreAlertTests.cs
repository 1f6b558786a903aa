using JobWatcher.Storage;
using JobWatcher.Tests.Storage;

namespace JobWatcher.Tests.Polling;

/// <summary>Holds the store in memory to what the real one does with alerts.</summary>
public sealed class MemoryStoreAlertTests : AlertRowsTests
{
    private protected override Task<IWatchStore> OpenAsync(TempStore folder) => Task.FromResult<IWatchStore>(new MemoryStore());
}
