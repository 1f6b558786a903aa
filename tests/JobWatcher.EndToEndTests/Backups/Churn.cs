using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Backups;

/// <summary>Jobs that appear and change all the while, many times a second, the same way each time.</summary>
internal sealed class Churn : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Cloud _cloud;
    private readonly Random _random = new(6);
    private readonly Dictionary<string, CloudJob> _jobs = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <summary>Begins.</summary>
    public Churn(Cloud cloud)
    {
        _cloud = cloud;
        _running = RunAsync();
    }

    /// <summary>Ends it.</summary>
    /// <returns>The status of each job, as the cloud tells it from now on.</returns>
    public async Task<IReadOnlyDictionary<string, string>> StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        return _jobs.ToDictionary(job => job.Key, job => job.Value.Status, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var open = _jobs.Values.Where(job => job.EndedTime is null).ToList();
            var job = open.Count < 40 ? new CloudJob() : Next(open[_random.Next(open.Count)]);
            _jobs[job.JobId] = job;
            await _cloud.PutAsync(job);
            await Task.Delay(Pause);
        }
    }

    private CloudJob Next(CloudJob job) => job.Status switch
    {
        "Pending" => job.Running(),
        _ => _random.Next(4) == 0 ? job.Failed("Single task exception.") : job.Completed(),
    };
}
