using System.CommandLine;
using JobWatcher.Commands.Tables;
using JobWatcher.Hosting;
using JobWatcher.Planning;

namespace JobWatcher.Commands;

/// <summary>The program's commands and options. Without a command it runs the service.</summary>
internal static partial class CommandLine
{
    private const string Table = "table";
    private const string Json = "json";

    private static readonly Option<string?> Config = new("--config", "-c")
    {
        Description = "The configuration file. Default: $JOBWATCHER_CONFIG, then jobwatcher.yaml in the working directory.",
        HelpName = "FILE",
        Recursive = true,
    };

    private static readonly Option<bool> Once = new("--once")
    {
        Description = "Poll every target once, report every transition, and exit: 0, or 1 if a target could not be polled.",
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

        // The host handles the signals itself, in its own order; what leaves files half written when it is killed is cancelled.
        return await result.InvokeAsync(new InvocationConfiguration
        {
            ProcessTerminationTimeout = result.CommandResult.Command.Name is BackupName or RestoreName ? CleanUpTime : null,
        });
    }

    private static RootCommand Root()
    {
        var run = new Command("run", "Run the service: poll, compare, report. This is what happens without a command.") { Once };
        run.SetAction(RunAsync);

        var root = new RootCommand("Watches the immediate jobs of TaurusDB and reports every transition.")
        {
            Config, Once, run, CheckConfig(), List(), History(), TestAlert(), Backup(), Restore(),
        };
        root.SetAction(RunAsync);
        return root;
    }

    private static Command CheckConfig()
    {
        var online = new Option<bool>("--online")
        {
            Description = "Also list each target once, and tell what is wrong with it.",
        };
        var check = new Command("check-config", "Validate all configuration and tell every fault.") { online };
        check.SetAction((result, cancellationToken) => WithPlanAsync(result, plan => CheckConfigCommand.RunAsync(
            plan, result.GetValue(online), Terminal.OfThisProcess(), TimeProvider.System, cancellationToken)));
        return check;
    }

    private static Command List()
    {
        var target = TargetOption();
        var status = new Option<string?>("--status")
        {
            Description = "Only jobs in this status, such as Failed.", HelpName = "STATUS",
        };
        var jobName = JobNameOption();
        var output = OutputOption();

        var list = new Command("list", "Print the jobs that the API lists now. Touches no store.")
        {
            target, status, jobName, output,
        };
        list.SetAction((result, cancellationToken) => WithPlanAsync(result, plan => ListCommand.RunAsync(
            plan,
            new ListOptions(
                result.GetValue(target), result.GetValue(status), result.GetValue(jobName), result.GetValue(output) == Json),
            Terminal.OfThisProcess(),
            TimeProvider.System,
            cancellationToken)));
        return list;
    }

    private static Command TestAlert()
    {
        var test = new Command("test-alert", "Send one test alert, and its end, through every receiver. Touches neither cloud nor store.");
        test.SetAction((result, cancellationToken) => WithPlanAsync(result, plan =>
            TestAlertCommand.RunAsync(plan, Terminal.OfThisProcess(), TimeProvider.System, cancellationToken)));
        return test;
    }

    private static Option<string?> TargetOption() =>
        new("--target") { Description = "Only this target.", HelpName = "NAME" };

    private static Option<string?> JobNameOption() =>
        new("--job-name") { Description = "Only jobs of exactly this name.", HelpName = "NAME" };

    private static Option<string> OutputOption()
    {
        var output = new Option<string>("--output")
        {
            Description = "How to print them.", DefaultValueFactory = _ => Table, HelpName = $"{Table}|{Json}",
        };
        output.AcceptOnlyFromAmong(Table, Json);
        return output;
    }

    private static Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken) =>
        WithPlanAsync(result, plan => result.GetValue(Once)
            ? RunOnceCommand.RunAsync(plan, Console.Error, cancellationToken)
            : RunCommand.RunAsync(plan, Console.Error, cancellationToken));

    private static async Task<int> WithPlanAsync(ParseResult result, Func<WatcherPlan, Task<int>> run) =>
        await PlanReader.ReadAsync(result.GetValue(Config), Console.Error) is { } plan
            ? await run(plan)
            : ExitCode.BadUsage;
}
