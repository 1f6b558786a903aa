using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Programs;

/// <summary>A start of the service that ends at once.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Faults">The lines on standard error.</param>
/// <param name="Output">The lines on standard output.</param>
internal sealed record RefusedStart(int ExitCode, IReadOnlyList<string> Faults, IReadOnlyList<string> Output)
{
    /// <summary>Starts the service in a folder, in which <c>jobwatcher.yaml</c> is its configuration.</summary>
    public static async Task<RefusedStart> InAsync(
        TempFolder folder, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments)
    {
        await using var program = RunningProgram.Start("JobWatcher", arguments, folder.FullName, environment);
        var exitCode = await program.WaitForExitAsync(Eventually.Deadline);
        return new RefusedStart(exitCode, program.Error.All, program.Output.All);
    }
}
