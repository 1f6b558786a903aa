using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using JobWatcher.HuaweiCloud.Authentication;
using Polly;
using Polly.Retry;

namespace JobWatcher.HuaweiCloud.Http.Resilience;

/// <summary>
/// The way of one target's requests to the network, one request at a time: retries, credentials, circuit breaker, then the
/// attempt itself.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore holds nothing while nobody asks for its wait handle.")]
internal sealed class RequestGuard
{
    private readonly ICredentialSource _credentials;
    private readonly EndpointBreaker _breaker;
    private readonly ResiliencePipeline _retries;
    private readonly SemaphoreSlim _oneInFlight = new(1, 1);
    private bool _isTrusted = true;

    /// <summary>Creates the guard of a target.</summary>
    /// <param name="credentials">Asked before each attempt.</param>
    /// <param name="breaker">That of the target's endpoint.</param>
    /// <param name="time">The time of waits.</param>
    public RequestGuard(ICredentialSource credentials, EndpointBreaker breaker, TimeProvider time)
    {
        (_credentials, _breaker) = (credentials, breaker);
        _retries = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = RetryPolicy.MaxAttempts - 1,
                ShouldHandle = arguments => new ValueTask<bool>(
                    arguments.Outcome.Exception is CloudException fault && RetryPolicy.IsWorthRetrying(fault)),
                DelayGenerator = arguments => new ValueTask<TimeSpan?>(RetryPolicy.Delay(
                    arguments.AttemptNumber, (CloudException)arguments.Outcome.Exception!, Random.Shared.NextDouble())),
            })
            .Build();
    }

    /// <summary>Sends a request, by as many attempts as it takes and is allowed.</summary>
    /// <param name="name">What the request is, where: the subject of a sentence.</param>
    /// <param name="send">Sends it once.</param>
    /// <param name="cancellationToken">Ends it, whatever it waits for.</param>
    /// <exception cref="CloudException">What the last attempt that was sent ended with, or why none was.</exception>
    public async Task<T> RunAsync<T>(
        string name, Func<Credentials, CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        await _oneInFlight.WaitAsync(cancellationToken);
        CloudException? last = null;
        try
        {
            return await _retries.ExecuteAsync(
                async token =>
                {
                    var identity = await _credentials.GetAsync(token);
                    return await _breaker.RunAsync(inner => AttemptAsync(identity, inner), _isTrusted, name, token);
                },
                cancellationToken);
        }
        catch (CloudException fault) when (fault.WasNotSent && last is not null)
        {
            // What the cloud did tells more than that it was spared the rest.
            ExceptionDispatchInfo.Throw(last);
            throw;
        }
        finally
        {
            _oneInFlight.Release();
        }

        async Task<T> AttemptAsync(Credentials identity, CancellationToken token)
        {
            try
            {
                var result = await send(identity, token);
                _isTrusted = true;
                return result;
            }
            catch (CloudException fault)
            {
                last = fault;
                _isTrusted = !RetryPolicy.IsSignOfOutage(fault);
                throw;
            }
        }
    }
}
