namespace JobWatcher.EndToEndTests.Programs;

/// <summary>The lines that a program has written to one of its streams so far. Safe for several threads.</summary>
internal sealed class OutputLines
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _changed = NewSignal();
    private bool _ended;

    /// <summary>All lines of this moment.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Takes the next line; null is the stream's end.</summary>
    public void Add(string? line)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            if (line is null)
            {
                _ended = true;
            }
            else
            {
                _lines.Add(line);
            }

            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }

    /// <summary>Waits for the first line that fits, those already written included.</summary>
    /// <exception cref="TimeoutException">None came in time, or the stream ended.</exception>
    public async Task<string> WaitForAsync(Predicate<string> fits, string wanted, TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        for (var read = 0; ;)
        {
            Task changed;
            lock (_lock)
            {
                var found = _lines.FindIndex(read, fits);
                if (found >= 0)
                {
                    return _lines[found];
                }

                if (_ended)
                {
                    throw new TimeoutException($"The program's output ended without {wanted}.");
                }

                read = _lines.Count;
                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException exception)
            {
                throw new TimeoutException($"No line within {within.TotalSeconds} s showed {wanted}.", exception);
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
