namespace JobWatcher.HuaweiCloud.Budget;

/// <summary>
/// Lets the full listings of a credentials entry go one target at a time, in the order in which they came, so that they
/// take what the regular polls leave of the budget instead of all of it. Thread safe.
/// </summary>
/// <remarks>
/// The client takes it when a listing without a window turns out to have more than one page, and gives it back after the
/// last, whatever its end. A target must not take it twice at once. Waiting for it is waiting for our own limits, so the
/// poll's clock stands still.
/// </remarks>
/// <param name="budget">
/// The entry's budget: a turn that takes long because the cloud holds its requests back is no wait for our own limits.
/// </param>
public sealed class FullListingTurn(RequestBudget? budget = null) : IDisposable
{
    private readonly Turnstile _turnstile = new(places: 1);

    /// <summary>Waits for the turn, which is given back by disposing what is returned.</summary>
    /// <param name="clock">The clock of the poll that waits, which stands still meanwhile.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public async ValueTask<IDisposable> TakeAsync(PollClock clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clock);
        using var pause = clock.Pause(budget);
        return await _turnstile.PassAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _turnstile.Dispose();
}
