using JobWatcher.Commands.Tables;
using JobWatcher.Hosting;
using JobWatcher.Storage;
using JobWatcher.Storage.Sqlite.Backups;

namespace JobWatcher.Commands;

/// <summary>Copies the store while the service runs.</summary>
internal static class BackupCommand
{
    /// <summary>What stands for standard output and standard input in place of a file.</summary>
    public const string Pipe = "-";

    /// <summary>Writes a backup and tells what it holds.</summary>
    /// <param name="storePath">The store.</param>
    /// <param name="file">The backup; <c>-</c> is standard output.</param>
    /// <param name="terminal">Where to tell: on standard error alone, for standard output may be the backup.</param>
    /// <param name="openOutput">Opens standard output for bytes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The exit code: 1 when there is no backup.</returns>
    public static async Task<int> RunAsync(
        string storePath, string file, Terminal terminal, Func<Stream> openOutput, CancellationToken cancellationToken)
    {
        if (file == Pipe && terminal.Width is not null)
        {
            await terminal.Error.WriteLineAsync("--output: a backup is no text for a terminal; name a file or send it into a pipe.");
            return ExitCode.BadUsage;
        }

        try
        {
            terminal.Progress("copying the store");
            var facts = await WriteAsync(storePath, file, openOutput, cancellationToken);
            terminal.Progress("");
            await terminal.Error.WriteLineAsync(
                $"Backed up {CopyText.Of(facts)} to {(file == Pipe ? "standard output" : Path.GetFullPath(file))}.");
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is StoreException or IOException or UnauthorizedAccessException)
        {
            terminal.Progress("");
            await terminal.Error.WriteLineAsync(exception is StoreException
                ? exception.Message
                : $"The backup cannot be written to standard output ({exception.Message.TrimEnd('.')}): what it got is of no use.");
            return ExitCode.Failed;
        }
    }

    private static async Task<CopyFacts> WriteAsync(
        string storePath, string file, Func<Stream> openOutput, CancellationToken cancellationToken)
    {
        if (file != Pipe)
        {
            return await StoreBackup.WriteAsync(storePath, Path.GetFullPath(file), cancellationToken);
        }

        var output = openOutput();
        await using (output)
        {
            return await StoreBackup.WriteAsync(storePath, output, cancellationToken);
        }
    }
}
