using System.Diagnostics;
using System.Text;
using JobWatcher.EndToEndTests.Chaos.Logs;
using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Chaos.Run;

/// <summary>One process of the watcher that is going to die. Its output is kept as it comes, byte by byte.</summary>
internal sealed class Victim : IAsyncDisposable
{
    private readonly Process _process;
    private readonly int _number;
    private readonly AccessKey _key;
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private readonly MemoryStream _output = new();
    private readonly Task _reading;
    private readonly Task<string> _error;
    private volatile TaskCompletionSource _mayRead = new();
    private volatile TaskCompletionSource _tellsTransition = NewSignal();

    private Victim(Process process, int number, AccessKey key)
    {
        (_process, _number, _key) = (process, number, key);
        _mayRead.SetResult();
        process.Start();
        process.StandardInput.Close();
        _reading = ReadAsync(process.StandardOutput.BaseStream);
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Whether it has opened a file whose path begins so. Linux tells.</summary>
    public bool HasOpened(string path)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{_process.Id}/fd")
                .Any(descriptor => new FileInfo(descriptor).LinkTarget?.StartsWith(path, StringComparison.Ordinal) is true);
        }
        catch (IOException)
        {
            // It has just ended, or closed what was being looked at.
            return false;
        }
    }

    /// <summary>Starts a process in a folder, in which <c>jobwatcher.yaml</c> is its configuration.</summary>
    public static Victim Start(int number, AccessKey key, TempFolder folder, string logLevel) => new(
        new Process
        {
            StartInfo = ProgramStart.Of("JobWatcher", [], folder.FullName, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["HUAWEICLOUD_SDK_AK"] = key.Id,
                ["HUAWEICLOUD_SDK_SK"] = key.Secret,
                ["JOBWATCHER_LOGGING__LEVEL"] = logLevel,
            }),
        },
        number,
        key);

    /// <summary>Ends as soon as the process tells a transition from now on.</summary>
    public Task TellsTransitionAsync() => (_tellsTransition = NewSignal()).Task;

    /// <summary>Leaves its output unread, so that the pipe fills and whoever writes to it waits.</summary>
    public void StopReading() => _mayRead = NewSignal();

    /// <summary>Asks it to stop, if it is still there.</summary>
    public Task TerminateAsync() => HasExited ? Task.CompletedTask : ProgramStart.TerminateAsync(_process);

    /// <summary>Ends it at once.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for its end, and reads what is left in the pipe.</summary>
    /// <param name="end">How it was brought to its end.</param>
    /// <param name="wasAsked">Whether it was asked to stop.</param>
    public async Task<ProcessLog> EndAsync(string end, bool wasAsked)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        await _process.WaitForExitAsync(deadline.Token);
        _mayRead.TrySetResult();
        await _reading.WaitAsync(deadline.Token);
        return new ProcessLog
        {
            Number = _number,
            AccessKey = _key.Id,
            Started = _started,
            Ended = DateTimeOffset.UtcNow,
            End = end,
            WasAskedToStop = wasAsked,
            ExitCode = _process.ExitCode,
            Output = Encoding.UTF8.GetString(_output.ToArray()),
            Error = await _error.WaitAsync(deadline.Token),
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            await _mayRead.Task;
            var read = await stream.ReadAsync(buffer);
            if (read == 0)
            {
                return;
            }

            _output.Write(buffer, 0, read);
            if (buffer.AsSpan(0, read).IndexOf("\"TransitionId\""u8) >= 0)
            {
                _tellsTransition.TrySetResult();
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
