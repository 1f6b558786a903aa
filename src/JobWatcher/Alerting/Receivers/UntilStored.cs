using JobWatcher.Storage;

namespace JobWatcher.Alerting.Receivers;

/// <summary>Waits out a store that is away. Polls tell that it is.</summary>
internal static class UntilStored
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>Works with the store, again and again until it is there.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired meanwhile.</exception>
    public static Task RunAsync(Func<Task> work, TimeProvider time, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            await work();
            return true;
        },
        time,
        cancellationToken);

    /// <summary>Works with the store, again and again until it is there.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired meanwhile.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> work, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await work();
            }
            catch (StoreException)
            {
                await Task.Delay(AgainAfter, time, cancellationToken);
            }
        }
    }
}
