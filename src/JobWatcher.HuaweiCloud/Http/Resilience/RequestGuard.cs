using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.HuaweiCloud.Http.Clocks;
using JobWatcher.HuaweiCloud.Isolation;
using Polly;
using Polly.Retry;

namespace JobWatcher.HuaweiCloud.Http.Resilience;

/// <summary>
/// The way of one target's requests to the network, one request at a time: retries, credentials, circuit breaker, a slot, a
/// token of the budget, then the attempt itself.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore holds nothing while nobody asks for its wait handle.")]
internal sealed class RequestGuard
{
    private static readonly ResiliencePropertyKey<bool> IsOnlyAttempt = new("IsOnlyAttempt");
    private static readonly ResiliencePropertyKey<CloudException> RenewedAfter = new("RenewedAfter");
    private static readonly ResiliencePropertyKey<CloudException> RetimedAfter = new("RetimedAfter");

    private readonly ICredentialSource _credentials;
    private readonly EndpointBreaker _breaker;
    private readonly EntryLimits? _limits;
    private readonly PollClock? _clock;
    private readonly SigningClock _signing;
    private readonly ResiliencePipeline _retries;
    private readonly SemaphoreSlim _oneInFlight = new(1, 1);
    private bool _isTrusted = true;
    private bool _hasTimedOut;

    /// <summary>Creates the guard of a target.</summary>
    /// <param name="credentials">Asked before each attempt.</param>
    /// <param name="breaker">That of the target's endpoint.</param>
    /// <param name="limits">Those of its credentials entry; null for none.</param>
    /// <param name="clock">Stands still while a request waits for the limits.</param>
    /// <param name="signing">The time of signatures.</param>
    /// <param name="time">The time of waits.</param>
    public RequestGuard(
        ICredentialSource credentials,
        EndpointBreaker breaker,
        EntryLimits? limits,
        PollClock? clock,
        SigningClock signing,
        TimeProvider time)
    {
        (_credentials, _breaker, _limits, _clock, _signing) = (credentials, breaker, limits, clock, signing);
        _retries = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = RetryPolicy.MaxAttempts - 1,
                ShouldHandle = arguments => new ValueTask<bool>(
                    arguments.Outcome.Exception is CloudException fault && IsTriedAgain(fault, arguments.Context)),
                DelayGenerator = arguments => new ValueTask<TimeSpan?>(DelayOf(
                    (CloudException)arguments.Outcome.Exception!, arguments.AttemptNumber, arguments.Context)),
            })
            .Build();
    }

    /// <summary>Sends a request, by as many attempts as it takes and is allowed.</summary>
    /// <param name="name">What the request is, where: the subject of a sentence.</param>
    /// <param name="send">Sends it once, with these credentials at this time.</param>
    /// <param name="cancellationToken">Ends it, whatever it waits for.</param>
    /// <exception cref="CloudException">What the last attempt that was sent ended with, or why none was.</exception>
    public async Task<T> RunAsync<T>(
        string name, Func<Credentials, DateTimeOffset, CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        await _oneInFlight.WaitAsync(cancellationToken);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(IsOnlyAttempt, _hasTimedOut);
        CloudException? last = null;
        try
        {
            return await _retries.ExecuteAsync(
                async attempt =>
                {
                    var token = attempt.CancellationToken;
                    var identity = await _credentials.GetAsync(token);
                    HeaderFitness.Require(identity);
                    return await _breaker.RunAsync(inner => AttemptAsync(identity, inner), _isTrusted, name, token);
                },
                context);
        }
        catch (CloudException fault) when (fault.WasNotSent && last is not null)
        {
            // What the cloud did tells more than that it was spared the rest.
            ExceptionDispatchInfo.Throw(last);
            throw;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            _oneInFlight.Release();
        }

        async Task<T> AttemptAsync(Credentials identity, CancellationToken token)
        {
            using var slot = await AdmitAsync(token);
            var now = _signing.Now();
            try
            {
                var result = await send(identity, now, token);
                (_isTrusted, _hasTimedOut) = (true, false);
                _signing.Accepted(now);
                return result;
            }
            catch (CloudException fault)
            {
                last = fault;
                Learn(fault);
                if (fault.HttpStatus is 401)
                {
                    Reconsider(identity, now, fault, context);
                }

                throw;
            }
        }
    }

    // The time first: good credentials are not given up for a clock that is wrong.
    private void Reconsider(Credentials identity, DateTimeOffset signedAt, CloudException fault, ResilienceContext context)
    {
        if (identity is AccessKeyCredentials && !IsDone(RetimedAfter, context) && _signing.Refused(signedAt))
        {
            context.Properties.Set(RetimedAfter, fault);
        }
        else if (!IsDone(RenewedAfter, context) && _credentials.Invalidate(identity))
        {
            context.Properties.Set(RenewedAfter, fault);
        }
    }

    private static bool IsTriedAgain(CloudException fault, ResilienceContext context) =>
        IsReconsidered(fault, context)
        || (RetryPolicy.IsWorthRetrying(fault) && !context.Properties.GetValue(IsOnlyAttempt, defaultValue: false));

    private static TimeSpan DelayOf(CloudException fault, int retry, ResilienceContext context) =>
        IsReconsidered(fault, context) ? TimeSpan.Zero : RetryPolicy.Delay(retry, fault, Random.Shared.NextDouble());

    // Each once a request: a second 401 is not about credentials that are old, nor about the clock.
    private static bool IsReconsidered(CloudException fault, ResilienceContext context) =>
        IsAfter(RenewedAfter, fault, context) || IsAfter(RetimedAfter, fault, context);

    private static bool IsAfter(
        ResiliencePropertyKey<CloudException> key, CloudException fault, ResilienceContext context) =>
        context.Properties.TryGetValue(key, out var refused) && ReferenceEquals(refused, fault);

    private static bool IsDone(ResiliencePropertyKey<CloudException> key, ResilienceContext context) =>
        context.Properties.TryGetValue(key, out _);

    // The slot comes first: a token that waits for a slot would be spent in a period other than that of its request.
    private async ValueTask<IDisposable?> AdmitAsync(CancellationToken cancellationToken)
    {
        if (_limits is null)
        {
            return null;
        }

        using var pause = _clock?.Pause(_limits.Budget);
        var slot = await _limits.Slots.TakeAsync(_hasTimedOut, cancellationToken);
        try
        {
            await _limits.Budget.TakeAsync(cancellationToken);
            return slot;
        }
        catch
        {
            slot.Dispose();
            throw;
        }
    }

    private void Learn(CloudException fault)
    {
        _isTrusted = !RetryPolicy.IsSignOfOutage(fault);
        _hasTimedOut = fault.Fault is CloudFault.Timeout || (_hasTimedOut && fault.HttpStatus is null);
        _limits?.Budget.Learn(fault);
    }
}
