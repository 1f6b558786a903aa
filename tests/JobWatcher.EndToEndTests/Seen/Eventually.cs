using System.Diagnostics;
using Xunit.Sdk;

namespace JobWatcher.EndToEndTests.Seen;

/// <summary>Waits until what a user sees is as it should be.</summary>
internal static class Eventually
{
    /// <summary>Long enough for a busy machine; nothing waits for it but a test that fails.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks again until the look does not fail an assertion.</summary>
    /// <param name="look">The look.</param>
    /// <param name="within">How long at most; null: the deadline.</param>
    /// <param name="pause">The time between looks, longer where each costs much.</param>
    /// <exception cref="Exception">What the last look failed with.</exception>
    public static async Task<T> SeesAsync<T>(Func<Task<T>> look, TimeSpan? within = null, TimeSpan? pause = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await look();
            }
            catch (Exception failure) when (
                failure is XunitException or HttpRequestException && Stopwatch.GetElapsedTime(started) < (within ?? Deadline))
            {
                await Task.Delay(pause ?? Pause);
            }
        }
    }

    /// <inheritdoc cref="SeesAsync{T}"/>
    public static Task SeesAsync(Func<Task> look, TimeSpan? within = null, TimeSpan? pause = null) => SeesAsync(
        async () =>
        {
            await look();
            return true;
        },
        within,
        pause);
}
