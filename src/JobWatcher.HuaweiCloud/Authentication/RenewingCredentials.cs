using System.Diagnostics.CodeAnalysis;

namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>
/// Keeps credentials that end by themselves, and gets new ones some time before. However many ask at once, one request is
/// made, whose outcome all share. While the old ones are valid, a failed renewal hurts nobody. Thread safe.
/// </summary>
/// <param name="issue">Gets new ones.</param>
/// <param name="margin">How long before their end they are renewed, but no more than half their lifetime.</param>
/// <param name="time">The time of lifetimes.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore holds nothing while nobody asks for its wait handle.")]
internal sealed class RenewingCredentials(
    Func<CancellationToken, Task<IssuedCredentials>> issue, TimeSpan margin, TimeProvider time)
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _issuing = new(1, 1);
    private volatile Held? _held;
    private volatile Failure? _failure;

    /// <exception cref="CloudException">None could be had.</exception>
    public async ValueTask<Credentials> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh)
        {
            return fresh;
        }

        var askedAt = time.GetTimestamp();
        await _issuing.WaitAsync(cancellationToken);
        try
        {
            return Fresh() ?? await RenewAsync(askedAt, cancellationToken);
        }
        finally
        {
            _issuing.Release();
        }
    }

    /// <summary>Gives these up, if they are still the ones held.</summary>
    /// <returns>Whether others may be had.</returns>
    public bool Drop(Credentials refused)
    {
        if (_held is { } held && ReferenceEquals(held.Credentials, refused))
        {
            Interlocked.CompareExchange(ref _held, null, held);
        }

        return true;
    }

    /// <summary>Gives up whatever is held.</summary>
    public void Drop() => (_held, _failure) = (null, null);

    private Credentials? Fresh() =>
        _held is { } held && time.GetElapsedTime(held.Since) < held.RenewAfter ? held.Credentials : null;

    private async Task<Credentials> RenewAsync(long askedAt, CancellationToken cancellationToken)
    {
        var valid = _held is { } held && time.GetElapsedTime(held.Since) < held.Lifetime ? held.Credentials : null;
        if (_failure is { } failure && (failure.At > askedAt || (valid is not null && time.GetElapsedTime(failure.At) < RetryEvery)))
        {
            return valid ?? throw failure.Fault.Retold(wasNotSent: true);
        }

        try
        {
            var issued = await issue(cancellationToken);
            var renewAfter = issued.Lifetime - (margin < issued.Lifetime / 2 ? margin : issued.Lifetime / 2);
            _held = new Held(issued.Credentials, time.GetTimestamp(), renewAfter, issued.Lifetime);
            _failure = null;
            return issued.Credentials;
        }
        catch (CloudException fault)
        {
            _failure = new Failure(fault, time.GetTimestamp());
            return valid ?? throw fault.Retold(wasNotSent: true);
        }
    }

    private sealed record Held(Credentials Credentials, long Since, TimeSpan RenewAfter, TimeSpan Lifetime);

    private sealed record Failure(CloudException Fault, long At);
}
