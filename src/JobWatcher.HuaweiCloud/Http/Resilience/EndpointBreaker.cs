using System.Globalization;
using Polly;
using Polly.CircuitBreaker;

namespace JobWatcher.HuaweiCloud.Http.Resilience;

/// <summary>
/// The circuit breaker of one endpoint, shared by all targets there. It opens when none of at least
/// <see cref="MinimumThroughput"/> requests within <see cref="SamplingDuration"/> was answered with less than a 5xx, lets
/// one request try every <see cref="BreakDuration"/>, and closes with the first that is answered. Thread safe.
/// </summary>
public sealed class EndpointBreaker
{
    internal const int MinimumThroughput = 10;

    internal static readonly TimeSpan SamplingDuration = TimeSpan.FromMinutes(1);

    internal static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(15);

    private readonly CircuitBreakerStateProvider _state = new();
    private readonly CircuitBreakerManualControl _control = new();
    private readonly ResiliencePipeline _pipeline;

    /// <summary>Creates a closed one.</summary>
    public EndpointBreaker(TimeProvider time) =>
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                // Any answer keeps it closed: an endpoint that serves one target is not down, whatever happens to the rest.
                FailureRatio = 1,
                MinimumThroughput = MinimumThroughput,
                SamplingDuration = SamplingDuration,
                BreakDuration = BreakDuration,
                StateProvider = _state,
                ManualControl = _control,
                // A cancelled trial must not close the circuit, as anything that is not handled would.
                ShouldHandle = arguments => new ValueTask<bool>(arguments.Outcome.Exception
                    is OperationCanceledException || (arguments.Outcome.Exception is CloudException fault && RetryPolicy.IsSignOfOutage(fault))),
            })
            .Build();

    /// <summary>Whether requests are held back now.</summary>
    public bool IsOpen => _state.CircuitState is not CircuitState.Closed;

    /// <summary>Runs an attempt, or refuses to.</summary>
    /// <param name="attempt">Sends the request.</param>
    /// <param name="isTrusted">
    /// Whether the target's last attempt was answered: then it is let through an open circuit, so that many targets that
    /// hang cannot lock out one that works.
    /// </param>
    /// <param name="refusal">The beginning of the sentence for a request that is not sent.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="CloudException">The circuit is open, or the attempt failed.</exception>
    internal async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> attempt, bool isTrusted, string refusal, CancellationToken cancellationToken)
    {
        if (isTrusted && IsOpen)
        {
            return await PassAsync(attempt, cancellationToken);
        }

        try
        {
            return await _pipeline.ExecuteAsync(async token => await attempt(token), cancellationToken);
        }
        catch (BrokenCircuitException)
        {
            throw new CloudException(CloudFault.Unreachable, string.Create(CultureInfo.InvariantCulture,
                $"{refusal} was not sent: no request there was answered lately, so only one is tried every {BreakDuration.TotalSeconds} s."))
            {
                WasNotSent = true,
            };
        }
    }

    private async Task<T> PassAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            var result = await attempt(cancellationToken);
            await _control.CloseAsync(cancellationToken);
            return result;
        }
        catch (CloudException fault) when (!RetryPolicy.IsSignOfOutage(fault))
        {
            await _control.CloseAsync(cancellationToken);
            throw;
        }
    }
}
