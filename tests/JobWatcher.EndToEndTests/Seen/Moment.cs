namespace JobWatcher.EndToEndTests.Seen;

/// <summary>Times of this machine's clock, by which the service tells when it saw something.</summary>
internal static class Moment
{
    /// <summary>The present, in whole milliseconds as events tell it.</summary>
    public static DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    /// <summary>Waits until a time is over, so that it is none of the future to whoever looks from then on.</summary>
    public static Task IsPastAsync(DateTimeOffset time) => Eventually.SeesAsync(() =>
    {
        Assert.True(Now() > time);
        return Task.CompletedTask;
    });
}
