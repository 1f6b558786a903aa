using System.CommandLine;

namespace JobWatcher.Commands;

/// <summary>The program's commands and options. Without a command it runs the service.</summary>
internal static class CommandLine
{
    private static readonly Option<string?> Config = new("--config", "-c")
    {
        Description = "The configuration file. Default: $JOBWATCHER_CONFIG, then jobwatcher.yaml in the working directory.",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>Parses and runs.</summary>
    /// <returns>The exit code; see <see cref="ExitCode"/>.</returns>
    public static async Task<int> InvokeAsync(string[] arguments)
    {
        var result = Root().Parse(arguments);
        if (result.Errors.Count > 0)
        {
            foreach (var fault in result.Errors)
            {
                await Console.Error.WriteLineAsync(fault.Message);
            }

            await Console.Error.WriteLineAsync("Try --help.");
            return ExitCode.BadUsage;
        }

        // The host handles the signals itself, in its own order.
        return await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static RootCommand Root()
    {
        var run = new Command("run", "Run the service: poll, compare, report. This is what happens without a command.");
        run.SetAction(RunAsync);

        var root = new RootCommand("Watches the immediate jobs of TaurusDB and reports every transition.") { Config, run };
        root.SetAction(RunAsync);
        return root;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken) =>
        await PlanReader.ReadAsync(result.GetValue(Config), Console.Error) is { } plan
            ? await RunCommand.RunAsync(plan, Console.Error, cancellationToken)
            : ExitCode.BadUsage;
}
