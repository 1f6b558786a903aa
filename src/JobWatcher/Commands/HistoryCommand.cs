using JobWatcher.Commands.Tables;
using JobWatcher.Hosting;
using JobWatcher.Reporting;
using JobWatcher.Storage;
using JobWatcher.Storage.Sqlite.Reading;

namespace JobWatcher.Commands;

/// <summary>Which transitions to print, and how.</summary>
/// <param name="Target">Only those of this target; null prints all.</param>
/// <param name="Status">Only those to this status.</param>
/// <param name="JobName">Only those of jobs of this name.</param>
/// <param name="Since">Only those observed within this time.</param>
/// <param name="IsJson">JSON instead of a table.</param>
internal sealed record HistoryOptions(string? Target, string? Status, string? JobName, TimeSpan? Since, bool IsJson);

/// <summary>
/// Prints the transitions of the store, newest first, whether the service runs or not. All that match are printed, as they are
/// read: their number bounds neither memory nor the time until the first shows.
/// </summary>
internal static class HistoryCommand
{
    /// <summary>Reads and prints.</summary>
    /// <param name="storePath">The store.</param>
    /// <param name="configured">The names of the targets that are configured now.</param>
    /// <param name="options">What to print.</param>
    /// <param name="terminal">Where to print.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The exit code: 1 when the store cannot be read.</returns>
    public static async Task<int> RunAsync(
        string storePath,
        IReadOnlyList<string> configured,
        HistoryOptions options,
        Terminal terminal,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var history = new TransitionHistory(storePath);
        try
        {
            if (options.Target is { } target && !await IsKnownAsync(target, configured, history, terminal, cancellationToken))
            {
                return ExitCode.BadUsage;
            }

            var pages = history.ReadAsync(FilterOf(options, time.GetUtcNow()), cancellationToken);
            await (options.IsJson
                ? JsonOutput.WriteArrayAsync(pages.SelectMany(page => page.Select(TransitionItem.Of)), terminal.Output)
                : WriteTableAsync(pages, terminal));
            return ExitCode.Done;
        }
        catch (StoreException exception)
        {
            await terminal.Error.WriteLineAsync(exception.Message);
            return ExitCode.Failed;
        }
        catch (IOException exception) when (StandardOutput.IsClosed(exception))
        {
            return ExitCode.Done;
        }
        catch (IOException exception)
        {
            await terminal.Error.WriteLineAsync($"Standard output cannot be written ({exception.Message.TrimEnd('.')}).");
            return ExitCode.Failed;
        }
    }

    private static async Task<bool> IsKnownAsync(
        string target,
        IReadOnlyList<string> configured,
        TransitionHistory history,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        // A target that was taken out of the configuration still has its history.
        var names = configured.Union(await history.ReadTargetsAsync(cancellationToken), StringComparer.Ordinal).ToList();
        if (names.Contains(target, StringComparer.Ordinal))
        {
            return true;
        }

        await terminal.Error.WriteLineAsync(UnknownTarget.Told(names));
        return false;
    }

    private static TransitionFilter FilterOf(HistoryOptions options, DateTimeOffset now) => new()
    {
        Target = options.Target,
        Status = options.Status,
        JobName = options.JobName,
        Since = options.Since is { } since && since < now - DateTimeOffset.UnixEpoch ? now - since : null,
    };

    private static async Task WriteTableAsync(
        IAsyncEnumerable<IReadOnlyList<CommittedTransition>> pages, Terminal terminal)
    {
        var table = TransitionTable.On(terminal);
        var isEmpty = true;
        await foreach (var page in pages)
        {
            isEmpty = false;
            table.Write([.. page.Select(TransitionItem.Of)]);
        }

        if (isEmpty && terminal.Width is not null)
        {
            await terminal.Output.WriteLineAsync("The store has no such transitions.");
        }
        else if (isEmpty)
        {
            table.Write([]);
        }
    }
}
