namespace JobWatcher.Polling;

/// <summary>How long the store keeps what it no longer needs.</summary>
internal sealed record RetentionOptions
{
    /// <summary>
    /// How long the row of a job stays after it went. Longer than the API lists a job, so that a list that was sick for an
    /// hour makes no month of jobs new (rule D2 of the protocol).
    /// </summary>
    public static readonly TimeSpan GoneJobs = TimeSpan.FromDays(60);

    /// <summary>How long transitions stay, and targets that are watched no more; <c>store.historyRetention</c>.</summary>
    /// <value>400 days: a year to compare with, and a month to do it in.</value>
    public TimeSpan History { get; init; } = TimeSpan.FromDays(400);
}
