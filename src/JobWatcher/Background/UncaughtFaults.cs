namespace JobWatcher.Background;

/// <summary>Tells faults that nothing caught in the log's own format, since they are the last that a process says.</summary>
internal sealed partial class UncaughtFaults(ILogger<UncaughtFaults> logger) : IDisposable
{
    /// <summary>Listens to the runtime from now on.</summary>
    public void Listen()
    {
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    /// <summary>Tells what ends the process.</summary>
    public void Tell(Exception? exception) => FatalLog.Write(logger, exception, "the program");

    /// <summary>The runtime is about to abort the process with a code of its own, which is not zero.</summary>
    public void OnUnhandled(object? sender, UnhandledExceptionEventArgs fault) =>
        Tell(fault.ExceptionObject as Exception);

    /// <summary>
    /// Somebody let a task fail and did not look. Libraries do that with what they have given up, such as a connection that
    /// came too late, so it is told but ends nothing.
    /// </summary>
    public void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs fault) =>
        Log.FaultUnobserved(logger, fault.Exception);

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.FaultUnobserved, LogLevel.Error, "Something failed in the background, and nothing depended on it.",
            EventName = nameof(EventIds.FaultUnobserved))]
        public static partial void FaultUnobserved(ILogger logger, Exception exception);
    }
}
