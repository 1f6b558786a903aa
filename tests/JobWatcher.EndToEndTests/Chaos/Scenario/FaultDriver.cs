using JobWatcher.EndToEndTests.Chaos.Truth;
using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Chaos.Scenario;

/// <summary>
/// Puts a fault of some kind in force again and again, each for a few requests; and in between cuts the API, of one target or of
/// all, for longer than polls and lives of the watcher last.
/// </summary>
internal sealed class FaultDriver(Cloud cloud, IReadOnlyList<ChaosTarget> targets, int seed) : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan ShortestCut = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan LongestCut = TimeSpan.FromSeconds(10);

#pragma warning disable CA5394 // A seed that can be given again is the point.
    private readonly Random _random = new(seed);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<Cut> _cuts = [];
    private TaskCompletionSource<DateTimeOffset> _mended = NewSignal();

    /// <summary>The cuts that have ended.</summary>
    public IReadOnlyList<Cut> Cuts => _cuts;

    /// <summary>Goes on until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var untilCut = 3;
        while (!stopping.IsCancellationRequested)
        {
            if (untilCut == 0)
            {
                await CutAsync(stopping);
                untilCut = _random.Next(12, 25);
            }

            untilCut--;
            await InTurnAsync(() => cloud.FailAsync(Next()));
            await Task.Delay(Between(ShortestPause, LongestPause), CancellationToken.None);
        }
    }

    /// <summary>Ends all faults, and does something without any.</summary>
    public Task WithoutFaultsAsync(Func<Task> act) => InTurnAsync(async () =>
    {
        _mended.TrySetResult(DateTimeOffset.UtcNow);
        await cloud.MendAllAsync();
        await act();
        return true;
    });

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task CutAsync(CancellationToken stopping)
    {
        var target = _random.Next(4) == 0 ? null : targets[_random.Next(targets.Count)];
        var length = Between(ShortestCut, LongestCut);
        var fault = _random.Next(2) == 0 ? new CloudFault { ResetsConnection = true } : new CloudFault { Status = 503 };
        var id = await InTurnAsync(() =>
        {
            _mended = NewSignal();
            return cloud.FailAsync(target is null ? fault : fault.For(target.ProjectId));
        });
        var began = DateTimeOffset.UtcNow;
        await Task.WhenAny(Task.Delay(length, stopping), _mended.Task);
        await InTurnAsync(async () =>
        {
            if (_mended.TrySetResult(DateTimeOffset.UtcNow))
            {
                await cloud.MendAsync(id);
            }

            return true;
        });
        _cuts.Add(new Cut(target?.Name, began, await _mended.Task));
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> act)
    {
        await _turn.WaitAsync();
        try
        {
            return await act();
        }
        finally
        {
            _turn.Release();
        }
    }

    private static TaskCompletionSource<DateTimeOffset> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * _random.NextDouble());

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
