using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Chaos.Scenario;

/// <summary>Cuts the API: puts a fault of some kind in force again and again, each for a few requests.</summary>
internal sealed class FaultDriver(Cloud cloud, IReadOnlyList<ChaosTarget> targets, int seed) : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(1500);

#pragma warning disable CA5394 // A seed that can be given again is the point.
    private readonly Random _random = new(seed);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Goes on until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await _turn.WaitAsync(CancellationToken.None);
            try
            {
                await cloud.FailAsync(Next());
            }
            finally
            {
                _turn.Release();
            }

            await Task.Delay(ShortestPause + ((LongestPause - ShortestPause) * _random.NextDouble()), CancellationToken.None);
        }
    }

    /// <summary>Ends all faults, and does something without any.</summary>
    public async Task WithoutFaultsAsync(Func<Task> act)
    {
        await _turn.WaitAsync();
        try
        {
            await cloud.MendAllAsync();
            await act();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private CloudFault Next()
    {
        var fault = Kind() with { Count = _random.Next(1, 4) };
        return _random.Next(5) == 0 ? fault : fault.For(targets[_random.Next(targets.Count)].ProjectId);
    }

    private CloudFault Kind() => _random.Next(12) switch
    {
        0 => new() { LatencySeconds = _random.NextDouble() },
        1 => new() { LatencySeconds = 0.2, ResetsConnection = true },
        2 => new() { ResetsConnection = true },
        3 => new() { Status = _random.Next(500, 505) },
        4 => new() { Status = 429, RetryAfterSeconds = 1 },
        5 => new() { Status = 429, ErrorCode = "APIGW.0308", ErrorMsg = "The throttling threshold has been reached: policy user over ratelimit,limit:50,time:1 second" },
        6 => new() { TruncateAfterBytes = _random.Next(8000) },
        7 => new() { Body = "<html>Sorry</html>", ContentType = "text/html" },
        // Lists that lack jobs: one that says so, and one that takes a part for the whole.
        8 => new() { TotalCountOffset = _random.Next(1, 5) },
        9 => new() { TotalCountOffset = -_random.Next(1, 30) },
        10 => new() { PageSize = _random.Next(3, 40) },
        // Pages that move while they are read.
        _ => _random.Next(2) == 0 ? new() { InsertAfterPage = 1 } : new() { RemoveAfterPage = 1 },
    };
#pragma warning restore CA5394
}
