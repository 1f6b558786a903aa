using System.Diagnostics;

namespace JobWatcher.EndToEndTests.Programs;

/// <summary>How the repository's programs are started and asked to stop.</summary>
internal static class ProgramStart
{
    // What a program needs to run at all. Nothing else is inherited, so that no proxy and no key of the machine counts.
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "DOTNET_ROOT", "DOTNET_HOST_PATH"];

    /// <summary>
    /// The start of <c>dotnet NAME.dll</c> with arguments, by a launcher that becomes it where there is one; all its streams are
    /// redirected.
    /// </summary>
    public static ProcessStartInfo Of(
        string name,
        IEnumerable<string> arguments,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string>? environment = null,
        IReadOnlyList<string>? launcher = null)
    {
        IReadOnlyList<string> command =
        [
            .. launcher ?? [], Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Repository.Program(name), .. arguments,
        ];
        return OfCommand(command[0], command.Skip(1), workingDirectory, environment);
    }

    /// <summary>The start of a program that is installed, with arguments; all its streams are redirected.</summary>
    public static ProcessStartInfo OfCommand(
        string command,
        IEnumerable<string> arguments,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = workingDirectory ?? Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var key in start.Environment.Keys.Except(Inherited, StringComparer.Ordinal).ToList())
        {
            start.Environment.Remove(key);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[key] = value;
        }

        return start;
    }

    /// <summary>Asks a process to stop, as an operator or Kubernetes does.</summary>
    public static async Task TerminateAsync(Process process)
    {
        // A shell has the command everywhere; slim images have no program of that name.
        using var kill = Process.Start("sh", ["-c", $"kill -TERM {process.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
