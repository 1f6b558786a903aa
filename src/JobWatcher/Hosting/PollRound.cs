using JobWatcher.Alerting;
using JobWatcher.Alerting.Receivers;
using JobWatcher.Polling;
using JobWatcher.Polling.Targets;
using JobWatcher.Reporting;
using JobWatcher.Storage;

namespace JobWatcher.Hosting;

/// <summary>Polls every target once, all at the same time as far as their budgets allow, and reports what was committed.</summary>
internal sealed class PollRound(
    IWatchStore store,
    StoreHealth storeHealth,
    TargetWatches watches,
    TargetWatchFactory factory,
    TransitionReporter reporter,
    AlertClock alertClock,
    AlertReporter alertReporter,
    ReceiversInForce receivers,
    Retention retention)
{
    // A receiver that is away must not hold up what runs next; the next round tells it.
    private static readonly TimeSpan LongestNotifying = TimeSpan.FromSeconds(10);

    /// <summary>Takes the targets over as the service does, polls each, reports, and lets go of what is old.</summary>
    /// <param name="stopping">Cancels polls that run; what others committed is reported all the same.</param>
    /// <param name="reporting">Cancels the reporting.</param>
    /// <returns>Why each target that could not be polled could not, by name.</returns>
    /// <exception cref="StoreException">The store cannot be opened, or its transitions cannot be read.</exception>
    /// <exception cref="AggregateException">The transitions cannot be written; the next process will.</exception>
    public async Task<IReadOnlyDictionary<string, string>> RunAsync(CancellationToken stopping, CancellationToken reporting)
    {
        await store.OpenAsync(stopping);
        storeHealth.Writes();
        var all = factory.CreateAll();
        watches.Replace(all);

        var faults = await Task.WhenAll(all.Select(watch => PollAsync(watch, stopping)));
        await alertClock.LookAsync(reporting);
        await reporter.DrainAsync(reporting);
        await alertReporter.DrainAsync(reporting);
        await receivers.FlushAsync(LongestNotifying, reporting);
        if (!stopping.IsCancellationRequested)
        {
            await retention.PassAsync(reporting);
        }

        return all.Zip(faults)
            .Where(poll => poll.Second is not null)
            .ToDictionary(poll => poll.First.Target.Name, poll => poll.Second!, StringComparer.Ordinal);
    }

    private static async Task<string?> PollAsync(TargetWatch watch, CancellationToken stopping)
    {
        try
        {
            var outcome = await watch.PollAsync(stopping);
            return outcome.IsAnswered() ? null : watch.LastFailure ?? $"the poll ended with {outcome.Label()}";
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return "the poll was cancelled, because the process was told to stop";
        }
    }
}
