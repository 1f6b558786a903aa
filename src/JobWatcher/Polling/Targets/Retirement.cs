using System.Diagnostics.CodeAnalysis;

namespace JobWatcher.Polling.Targets;

/// <summary>
/// The end of a watch: its poll in flight is cancelled and none begins any more, so that nothing is committed under a
/// configuration that does not hold any longer. Safe for several threads.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without timer and wait handle holds nothing.")]
internal sealed class Retirement
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _begun = new();
    private readonly TaskCompletionSource _succeeded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _poll;
    private volatile bool _hasBegun;

    /// <summary>Whether the watch was told to end.</summary>
    public bool HasBegun => _hasBegun;

    /// <summary>Ends when the target has its next watch, or is watched no more.</summary>
    public Task Succession => _succeeded.Task;

    /// <summary>Begins a poll, which ends when what is returned is disposed; null where none may begin any more.</summary>
    public Turn? Begin(CancellationToken stopping)
    {
        lock (_lock)
        {
            if (HasBegun)
            {
                return null;
            }

            _poll = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new Turn(_poll, CancellationTokenSource.CreateLinkedTokenSource(stopping, _begun.Token));
        }
    }

    /// <summary>Ends the watch.</summary>
    /// <returns>Ends with the poll in flight; true where there was one.</returns>
    public async Task<bool> RetireAsync()
    {
        Task? poll;
        lock (_lock)
        {
            _hasBegun = true;
            poll = _poll?.Task;
        }

        var isPolling = poll is { IsCompleted: false };
        await _begun.CancelAsync();
        await (poll ?? Task.CompletedTask);
        return isPolling;
    }

    /// <summary>The target has its next watch, or is watched no more.</summary>
    public void Succeed() => _succeeded.TrySetResult();

    /// <summary>One poll.</summary>
    internal sealed class Turn(TaskCompletionSource poll, CancellationTokenSource source) : IDisposable
    {
        /// <summary>Fires when the process stops or the watch ends.</summary>
        public CancellationToken Token => source.Token;

        /// <inheritdoc/>
        public void Dispose()
        {
            source.Dispose();
            poll.TrySetResult();
        }
    }
}
