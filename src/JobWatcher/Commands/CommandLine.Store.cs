using System.CommandLine;
using System.CommandLine.Parsing;
using JobWatcher.Commands.Tables;
using JobWatcher.Reporting;
using JobWatcher.Text;

namespace JobWatcher.Commands;

/// <summary>The commands that use the store's file.</summary>
internal static partial class CommandLine
{
    private const string BackupName = "backup";
    private const string RestoreName = "restore";

    // Far more than deleting a file takes.
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromSeconds(5);

    private static Command History()
    {
        var target = TargetOption();
        var status = new Option<string?>("--status")
        {
            Description = "Only transitions to this status, such as Failed; None for jobs that vanished.", HelpName = "STATUS",
        };
        var jobName = JobNameOption();
        var since = new Option<TimeSpan?>("--since")
        {
            Description = "Only what was observed within this time, such as 24h, 90m or 7d.",
            HelpName = "DURATION",
            CustomParser = ReadDuration,
        };
        var output = OutputOption();

        var history = new Command(
            "history", "Print the transitions of the store, newest first. Works while the service runs, and changes nothing.")
        {
            target, status, jobName, since, output,
        };
        history.SetAction((result, cancellationToken) => WithPlanAsync(result, plan =>
        {
            StandardOutput.WriteWholeLines();
            return HistoryCommand.RunAsync(
                plan.StorePath,
                [.. plan.Targets.Select(planned => planned.Target.Name)],
                new HistoryOptions(
                    result.GetValue(target),
                    result.GetValue(status),
                    result.GetValue(jobName),
                    result.GetValue(since),
                    result.GetValue(output) == Json),
                Terminal.OfThisProcess(),
                TimeProvider.System,
                cancellationToken);
        }));
        return history;
    }

    private static Command Backup()
    {
        var output = new Option<string>("--output")
        {
            Description = "The backup to write; an earlier one of that name is replaced. - is standard output.",
            HelpName = "FILE|-",
            Required = true,
        };
        var backup = new Command(BackupName, "Write a consistent copy of the store, while the service runs or not.") { output };
        backup.SetAction((result, cancellationToken) => WithPlanAsync(result, plan => BesideSignalsAsync(
            () => BackupCommand.RunAsync(
                plan.StorePath,
                result.GetRequiredValue(output),
                Terminal.OfThisProcess(),
                StandardOutput.OpenStream,
                cancellationToken))));
        return backup;
    }

    private static Command Restore()
    {
        var file = new Argument<string>("FILE") { Description = "The backup to restore. - is standard input." };
        var restore = new Command(
            RestoreName, "Put a backup in the store's place, and keep the old store beside it. The service must not run.")
        {
            file,
        };
        restore.SetAction((result, cancellationToken) => WithPlanAsync(result, plan => BesideSignalsAsync(
            () => RestoreCommand.RunAsync(
                plan.StorePath,
                result.GetRequiredValue(file),
                Terminal.OfThisProcess(),
                Console.IsInputRedirected ? Console.OpenStandardInput : null,
                TimeProvider.System,
                cancellationToken))));
        return restore;
    }

    // SQLite's calls block, and a signal is waited for only once the command has given its thread back.
    private static Task<int> BesideSignalsAsync(Func<Task<int>> run) => Task.Run(run);

    private static TimeSpan? ReadDuration(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Duration.TryParse(text, out var duration))
        {
            return duration;
        }

        result.AddError($"--since: {text} is no duration; write it like 24h, 90m or 7d.");
        return null;
    }
}
