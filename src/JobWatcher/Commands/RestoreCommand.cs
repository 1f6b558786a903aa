using JobWatcher.Commands.Tables;
using JobWatcher.Hosting;
using JobWatcher.Storage;
using JobWatcher.Storage.Sqlite.Backups;

namespace JobWatcher.Commands;

/// <summary>Puts a backup in the store's place while no service runs.</summary>
internal static class RestoreCommand
{
    /// <summary>Restores, and tells what it did.</summary>
    /// <param name="storePath">The store.</param>
    /// <param name="file">The backup; <c>-</c> is standard input.</param>
    /// <param name="terminal">Where to tell.</param>
    /// <param name="openInput">Opens standard input for bytes; null when it is a terminal.</param>
    /// <param name="time">The clock by which the replaced store is named.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The exit code: 1 when the store is as it was.</returns>
    public static async Task<int> RunAsync(
        string storePath,
        string file,
        Terminal terminal,
        Func<Stream>? openInput,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (file == BackupCommand.Pipe && openInput is null)
        {
            await terminal.Error.WriteLineAsync("FILE: a backup cannot be typed; name a file or send one through a pipe.");
            return ExitCode.BadUsage;
        }

        try
        {
            terminal.Progress("checking the backup");
            var restore = new StoreRestore(storePath, time);
            var result = await RestoreAsync(restore, file, openInput, cancellationToken);
            terminal.Progress("");
            await TellAsync(result, storePath, terminal);
            return ExitCode.Done;
        }
        catch (StoreException exception)
        {
            terminal.Progress("");
            await terminal.Error.WriteLineAsync(exception.Message);
            return ExitCode.Failed;
        }
    }

    private static async Task<RestoreResult> RestoreAsync(
        StoreRestore restore, string file, Func<Stream>? openInput, CancellationToken cancellationToken)
    {
        if (file != BackupCommand.Pipe || openInput is null)
        {
            return await restore.FromAsync(Path.GetFullPath(file), cancellationToken);
        }

        var input = openInput();
        await using (input)
        {
            return await restore.FromAsync(input, cancellationToken);
        }
    }

    private static async Task TellAsync(RestoreResult result, string storePath, Terminal terminal)
    {
        await terminal.Output.WriteLineAsync($"Restored {CopyText.Of(result.Copy)} to {storePath}.");
        if (result.Kept is { } kept)
        {
            await terminal.Output.WriteLineAsync(
                $"The store that was there is kept as {kept}: restore that to go back, or delete it.");
        }
    }
}
