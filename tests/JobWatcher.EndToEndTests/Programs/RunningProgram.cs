using System.Diagnostics;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Programs;

/// <summary>
/// One of the repository's programs as a process of its own. Its output becomes the test's, which shows it on failure;
/// it does not outlive the test.
/// </summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _name;

    private RunningProgram(Process process, string name) => (_process, _name) = (process, name);

    /// <summary>What it wrote to standard output.</summary>
    public OutputLines Output { get; } = new();

    /// <summary>What it wrote to standard error.</summary>
    public OutputLines Error { get; } = new();

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts <c>dotnet NAME.dll</c> with arguments, by a launcher that becomes it where there is one.</summary>
    public static RunningProgram Start(
        string name,
        IEnumerable<string> arguments,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string>? environment = null,
        IReadOnlyList<string>? launcher = null)
    {
        return Start(name, ProgramStart.Of(name, arguments, workingDirectory, environment, launcher));
    }

    /// <summary>Starts a program that is installed.</summary>
    public static RunningProgram StartCommand(string command, IEnumerable<string> arguments, string workingDirectory) =>
        Start(command, ProgramStart.OfCommand(command, arguments, workingDirectory));

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync(TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException($"{_name} did not end within {within.TotalSeconds} s.", exception);
        }
    }

    /// <summary>Asks it to stop, as an operator or Kubernetes does.</summary>
    public Task TerminateAsync() => ProgramStart.TerminateAsync(_process);

    /// <summary>Asks it to stop and waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(TimeSpan? within = null)
    {
        await TerminateAsync();
        return await WaitForExitAsync(within ?? Eventually.Deadline);
    }

    /// <summary>Ends it at once, as a power cut does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync(Eventually.Deadline);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        var shown = TestContext.Current.TestOutputHelper;
        foreach (var line in Output.All)
        {
            shown?.WriteLine($"{_name}: {line}");
        }

        foreach (var line in Error.All)
        {
            shown?.WriteLine($"{_name}, standard error: {line}");
        }

        _process.Dispose();
    }

    private static RunningProgram Start(string name, ProcessStartInfo start)
    {
        var program = new RunningProgram(new Process { StartInfo = start }, name);
        program.Begin();
        return program;
    }

    private void Begin()
    {
        _process.OutputDataReceived += (_, line) => Output.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Error.Add(line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }
}
