namespace JobWatcher.HuaweiCloud.Budget;

/// <summary>
/// How many requests one credentials entry may send, whatever its targets: a token bucket of which nobody takes more than
/// the rate in any period of its length. Requests wait in the order in which they came. Thread safe.
/// </summary>
/// <remarks>
/// A limit that a 429 <c>APIGW.0308</c> spells out becomes the rate, unless the configured one is slower. It counts as
/// wrong, and the configured rate comes back, when requests were sent at it for a whole period (at least a minute) without
/// another 429; each time that it is told again afterwards it holds twice as long, up to a day. A limit told for an IP address goes to the
/// <see cref="IpBudget"/>, whose tokens every request needs too.
/// </remarks>
public sealed class RequestBudget : IDisposable
{
    private readonly TokenBucket _bucket;
    private readonly IpBudget _address;
    private readonly Turnstile _turnstile = new(places: 1);

    /// <summary>Creates a full one.</summary>
    /// <param name="rate">The configured rate.</param>
    /// <param name="address">The budget of this machine's address.</param>
    /// <param name="time">The time of waits.</param>
    public RequestBudget(RequestRate rate, IpBudget address, TimeProvider time) =>
        (_bucket, _address) = (new TokenBucket(rate, time), address);

    /// <summary>The rate that holds now: the configured one, or one that the cloud told.</summary>
    public RequestRate Rate => _bucket.Rate!.Value;

    /// <summary>
    /// From 1 for a full bucket to 0 for one that is empty or paused: the metric
    /// <c>jobwatcher_request_budget_remaining_ratio</c>. It stays near 1 while the targets need less than the rate.
    /// </summary>
    public double RemainingRatio => _bucket.RemainingRatio;

    /// <summary>For how long the cloud has held requests back, up to now.</summary>
    internal HeldBack HeldBack => new(_bucket.HeldBack, _address.HeldBack);

    /// <summary>Changes the configured rate; a slower one that the cloud told goes on.</summary>
    public void Configure(RequestRate rate) => _bucket.Configure(rate);

    /// <inheritdoc/>
    public void Dispose() => _turnstile.Dispose();

    /// <summary>Waits for a token of this budget and one of the address's.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired; no token is lost.</exception>
    internal async ValueTask TakeAsync(CancellationToken cancellationToken)
    {
        using var turn = await _turnstile.PassAsync(cancellationToken);
        do
        {
            await _bucket.WaitAsync(cancellationToken);
            await _address.TakeAsync(cancellationToken);
        }
        while (!_bucket.TryTake());
    }

    /// <summary>Learns from an answer that says that there were too many requests.</summary>
    internal void Learn(CloudException fault)
    {
        if (fault.HttpStatus is not 429)
        {
            return;
        }

        if (fault.ToldLimit is { IsForAddress: true } limit)
        {
            _address.Refused(limit.Rate, fault.RetryAfter);
        }
        else
        {
            _bucket.Refused(fault.ToldLimit?.Rate, fault.RetryAfter);
        }
    }
}
