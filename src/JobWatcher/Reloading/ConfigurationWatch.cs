using JobWatcher.Configuration;
using JobWatcher.Configuration.Reading;
using JobWatcher.Planning;

namespace JobWatcher.Reloading;

/// <summary>
/// Looks every few seconds whether the configuration's files hold something else: a file that was edited or replaced, a
/// symbolic link that leads elsewhere, as Kubernetes does it, a list of targets that came or went. What it finds is taken
/// once a second look sees it unchanged, so that a file that is being written is not taken for a faulty one.
/// </summary>
/// <param name="source">Where the configuration comes from.</param>
/// <param name="take">Takes what was read, be it faulty.</param>
/// <param name="reports">Told when the files cannot be read in time.</param>
/// <param name="time">The time between looks.</param>
internal sealed class ConfigurationWatch(
    PlanSource source, Func<PlanReading, CancellationToken, Task> take, ReloadReports reports, TimeProvider time)
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    /// <summary>The time between a look that sees a change and the one that finds it finished.</summary>
    public static readonly TimeSpan SettleFor = TimeSpan.FromSeconds(1);

    /// <summary>How long a look may take. A file system that does not answer holds one thread, and no more looks begin.</summary>
    public static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(10);

    /// <summary>After so many looks that each found something else, what is there is taken all the same.</summary>
    public const int MostUnsettledLooks = 30;

    private ConfigurationSources? _taken = source.Sources;
    private PlanReading? _candidate;
    private int _unsettledLooks;
    private Task? _overdue;

    /// <summary>Looks until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(_candidate is null ? LookEvery : SettleFor, time, stopping);
            if (_overdue is null or { IsCompleted: true })
            {
                await LookAsync(stopping);
            }
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        var look = Task.Run(() => Look(_taken, _candidate, source.Read), CancellationToken.None);
        try
        {
            var (isSettled, reading) = await look.WaitAsync(LongestLook, time, stopping);
            _overdue = null;
            await WeighAsync(isSettled, reading, stopping);
        }
        catch (TimeoutException)
        {
            // What can be read again afterwards is taken anew, so that the end of this is told.
            (_overdue, _taken, _candidate) = (look, null, null);
            reports.Unreadable(LongestLook);
        }
    }

    // Blocks as long as the file system does, and touches nothing that others see.
    private static (bool IsSettled, PlanReading? Reading) Look(
        ConfigurationSources? taken, PlanReading? candidate, Func<PlanReading> read)
    {
        if (candidate is not null)
        {
            return SourceFiles.AreUnchanged(candidate.Sources) ? (true, candidate) : (false, read());
        }

        return (false, taken is not null && SourceFiles.AreUnchanged(taken) ? null : read());
    }

    private async Task WeighAsync(bool isSettled, PlanReading? reading, CancellationToken stopping)
    {
        if (reading is null || reading.Sources.ContentHash == _taken?.ContentHash)
        {
            (_candidate, _unsettledLooks) = (null, 0);
        }
        else if (isSettled || ++_unsettledLooks >= MostUnsettledLooks)
        {
            (_taken, _candidate, _unsettledLooks) = (reading.Sources, null, 0);
            await take(reading, stopping);
        }
        else
        {
            _candidate = reading;
        }
    }
}
