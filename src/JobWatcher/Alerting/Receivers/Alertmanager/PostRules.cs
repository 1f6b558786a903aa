namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>What decides how one receiver's alerts are posted.</summary>
internal sealed record PostRules
{
    /// <summary>For how long an alert that nobody accepted is tried after its end was seen.</summary>
    public static readonly TimeSpan GivesUpAfter = TimeSpan.FromDays(3);

    private const int ResendsThatMayBeLost = 4;

    private static readonly TimeSpan LeastLifetime = TimeSpan.FromMinutes(15);

    /// <summary>The time between two posts of an alert that does not change.</summary>
    public required TimeSpan ResendEvery { get; init; }

    /// <summary>How long an alert is posted as firing at least, from when it was first accepted (rule A6 of the protocol).</summary>
    public required TimeSpan MinActive { get; init; }

    /// <summary>When an end was last seen before the receiver was there: what ended until then is none of its business.</summary>
    public DateTimeOffset Since { get; init; } = DateTimeOffset.MinValue;

    /// <summary>
    /// How long a post holds (rule A8): an alert that is not posted again counts as ended then. A resolution is posted again
    /// for as long, so that an Alertmanager that hears none of it has ended the alert by itself.
    /// </summary>
    public TimeSpan Lifetime => ResendsThatMayBeLost * ResendEvery > LeastLifetime
        ? ResendsThatMayBeLost * ResendEvery
        : LeastLifetime;
}
