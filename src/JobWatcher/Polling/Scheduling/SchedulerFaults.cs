using Quartz;

namespace JobWatcher.Polling.Scheduling;

/// <summary>
/// Notices what would stop polls without a word: Quartz parks a trigger for good when it cannot make its job or move it on,
/// and only its listeners hear of it. A job that throws is none of that: its trigger goes on.
/// </summary>
internal sealed class SchedulerFaults : ISchedulerListener
{
    private readonly TaskCompletionSource _fault = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits for such a fault until told to stop.</summary>
    /// <exception cref="SchedulerException">There was one.</exception>
    public Task RunAsync(CancellationToken stopping) => _fault.Task.WaitAsync(stopping);

    /// <inheritdoc/>
    public ValueTask TriggerInError(IScheduler scheduler, TriggerKey triggerKey, CancellationToken cancellationToken = default) =>
        Fail($"Quartz does not fire the trigger of target {triggerKey.Name} any more.");

    /// <inheritdoc/>
    public ValueTask TriggersInError(IScheduler scheduler, JobKey jobKey, CancellationToken cancellationToken = default) =>
        Fail($"Quartz does not fire the trigger of target {jobKey.Name} any more.");

    /// <inheritdoc/>
    public ValueTask SchedulerShutdown(IScheduler scheduler, CancellationToken cancellationToken = default) =>
        Fail("Quartz has shut down.");

    private ValueTask Fail(string what)
    {
        _fault.TrySetException(new SchedulerException(what));
        return ValueTask.CompletedTask;
    }
}
