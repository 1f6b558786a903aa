namespace JobWatcher.Simulator.Commands;

/// <summary>Runs the command that the arguments ask for.</summary>
internal static class CommandLine
{
    /// <returns>The exit code: 0 done, 1 could not listen, 2 bad usage or a bad scenario file.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = new SimulatorCommand().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            var faults = parsed.Errors
                .Select(error => error.Message.Replace("\n\t", " ", StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal);
            await Console.Error.WriteLineAsync(string.Join('\n', faults));
            return 2;
        }

        try
        {
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 2;
        }
    }
}
