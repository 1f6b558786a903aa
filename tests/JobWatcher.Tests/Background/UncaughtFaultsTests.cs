using JobWatcher.Background;
using JobWatcher.Tests.Reporting;
using Serilog.Events;

namespace JobWatcher.Tests.Background;

public sealed class UncaughtFaultsTests : IDisposable
{
    private readonly CapturedLog _log = new();
    private readonly InvalidOperationException _cause = new("Nobody thought of this.");
    private readonly UncaughtFaults _faults;

    public UncaughtFaultsTests() => _faults = new UncaughtFaults(_log.LoggerOf<UncaughtFaults>());

    [Fact]
    public void What_aborts_the_process_is_its_last_line()
    {
        _faults.OnUnhandled(sender: null, new UnhandledExceptionEventArgs(_cause, isTerminating: true));

        var fatal = _log.Single("Fatal");
        Assert.Equal(LogEventLevel.Fatal, fatal.Level);
        Assert.Same(_cause, fatal.Exception);
    }

    [Fact]
    public void A_task_that_nobody_looked_at_is_told_and_ends_nothing()
    {
        _faults.OnUnobserved(sender: null, new UnobservedTaskExceptionEventArgs(new AggregateException(_cause)));

        var told = _log.Single("FaultUnobserved");
        Assert.Equal(LogEventLevel.Error, told.Level);
        Assert.Same(_cause, told.Exception?.GetBaseException());
    }

    [Fact]
    public async Task The_runtime_tells_of_tasks_that_nobody_looked_at()
    {
        _faults.Listen();

        Forget(_cause);

        await Eventually.Holds(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return _log.Names.Contains("FaultUnobserved");
        });
    }

    public void Dispose() => _faults.Dispose();

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Forget(Exception cause) => _ = Task.FromException(cause);
}
