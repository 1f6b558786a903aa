namespace JobWatcher.Background;

/// <summary>Runs several things that need each other.</summary>
internal static class Together
{
    /// <summary>
    /// Runs them until told to stop. The first that ends, as a rule by a fault, ends the others, which are waited for.
    /// </summary>
    /// <param name="works">What to run, each until its token fires. There may be none.</param>
    /// <param name="ended">Tells all to stop.</param>
    /// <exception cref="OperationCanceledException"><paramref name="ended"/> fired.</exception>
    public static async Task RunAsync(IEnumerable<Func<CancellationToken, Task>> works, CancellationToken ended)
    {
        using var first = CancellationTokenSource.CreateLinkedTokenSource(ended);
        List<Task> running =
        [
            Task.Delay(Timeout.InfiniteTimeSpan, first.Token), .. works.Select(run => run(first.Token)),
        ];
        try
        {
            await await Task.WhenAny(running);
        }
        finally
        {
            await first.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
