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
        TempFolder folder, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments) =>
        await OfAsync(RunningProgram.Start("JobWatcher", arguments, folder.FullName, environment));

    /// <summary>Starts the service by a launcher that becomes it, in a folder as above.</summary>
    public static async Task<RefusedStart> ByAsync(IReadOnlyList<string> launcher, TempFolder folder) =>
        await OfAsync(RunningProgram.Start("JobWatcher", [], folder.FullName, environment: null, launcher));

    private static async Task<RefusedStart> OfAsync(RunningProgram started)
    {
        await using var program = started;
        var exitCode = await program.WaitForExitAsync(Eventually.Deadline);
        return new RefusedStart(exitCode, program.Error.All, program.Output.All);
    }
}
