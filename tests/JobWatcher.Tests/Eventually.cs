namespace JobWatcher.Tests;

/// <summary>Waits for what another thread does.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Returns as soon as a condition holds; fails when it does not within the deadline.</summary>
    public static Task Holds(Func<bool> condition) => Holds(condition, Deadline);

    /// <summary>Waits for a condition that takes its time to be asked.</summary>
    public static Task Holds(Func<Task<bool>> condition) => Holds(condition, Deadline);

    /// <summary>Waits for a condition, with a deadline of its own.</summary>
    public static Task Holds(Func<bool> condition, TimeSpan deadline) => Holds(() => Task.FromResult(condition()), deadline);

    private static async Task Holds(Func<Task<bool>> condition, TimeSpan deadline)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        giveUp.CancelAfter(deadline);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), giveUp.Token);
        }
    }
}
