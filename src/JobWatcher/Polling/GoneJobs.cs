using JobWatcher.Storage;

namespace JobWatcher.Polling;

/// <summary>Forgets the rows of jobs that have been gone for long, once a day (rule D2 of the protocol).</summary>
internal sealed class GoneJobs(IWatchStore store, TimeProvider time)
{
    // Longer than the API lists a job, so that a list that was sick for an hour makes no month of jobs new.
    private static readonly TimeSpan Stay = TimeSpan.FromDays(60);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromDays(1);

    private long? _forgotTimestamp;

    /// <summary>Forgets them if it is time; what stays now goes tomorrow.</summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    public async Task ForgetAsync(string target, DateTimeOffset cloudTime, CancellationToken cancellationToken)
    {
        if (_forgotTimestamp is { } last && time.GetElapsedTime(last) < ForgetEvery)
        {
            return;
        }

        _forgotTimestamp = time.GetTimestamp();
        await store.ForgetJobsAsync(target, cloudTime - Stay, cancellationToken);
    }
}
