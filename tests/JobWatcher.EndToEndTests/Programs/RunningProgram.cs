using System.Diagnostics;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Programs;

/// <summary>
/// One of the repository's programs as a process of its own. Its output becomes the test's, which shows it on failure;
/// it does not outlive the test.
/// </summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    // What a program needs to run at all. Nothing else is inherited, so that no proxy and no key of the machine counts.
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "DOTNET_ROOT", "DOTNET_HOST_PATH"];

    private readonly Process _process;
    private readonly string _name;

    private RunningProgram(Process process, string name) => (_process, _name) = (process, name);

    /// <summary>What it wrote to standard output.</summary>
    public OutputLines Output { get; } = new();

    /// <summary>What it wrote to standard error.</summary>
    public OutputLines Error { get; } = new();

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts <c>dotnet NAME.dll</c> with arguments.</summary>
    public static RunningProgram Start(
        string name,
        IEnumerable<string> arguments,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = workingDirectory ?? Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Repository.Program(name));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var key in start.Environment.Keys.Except(Inherited, StringComparer.Ordinal).ToList())
        {
            start.Environment.Remove(key);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[key] = value;
        }

        var program = new RunningProgram(new Process { StartInfo = start }, name);
        program.Begin();
        return program;
    }

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
    public async Task TerminateAsync()
    {
        // A shell has the command everywhere; slim images have no program of that name.
        using var kill = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

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
