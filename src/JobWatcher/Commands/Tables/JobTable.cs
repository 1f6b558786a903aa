using JobWatcher.Reporting;
using JobWatcher.Text;

namespace JobWatcher.Commands.Tables;

/// <summary>Shows jobs as a table. A narrow terminal shows what tells jobs apart; all is in <c>--output json</c>.</summary>
internal static class JobTable
{
    private static readonly ItemColumn<JobItem>[] Columns =
    [
        new("TARGET", job => job.Target, IsElastic: true),
        new("CREATED (UTC)", job => CellText.Time(job.CreatedTime)),
        new("STATUS", job => LabelText.Bound(job.Status), IsElastic: true),
        new("DONE", job => CellText.Done(job.ProgressPercent), LeastWidth: TerminalWidth.Medium),
        new("TOOK", job => CellText.Took(job.DurationSeconds), LeastWidth: TerminalWidth.Medium),
        new("JOB", job => CellText.Shown(job.JobName), IsElastic: true),
        new("INSTANCE", job => CellText.Shown(job.InstanceName ?? job.InstanceId), IsElastic: true),
        new("REASON", job => CellText.Shown(job.FailReason), IsElastic: true, TerminalWidth.Medium),
        new("JOB ID", job => CellText.Shown(job.JobId), IsElastic: true, TerminalWidth.Wide),
    ];

    /// <summary>Writes the table.</summary>
    /// <param name="jobs">The jobs, in the order to show them.</param>
    /// <param name="terminal">Where it goes.</param>
    public static void Write(IReadOnlyList<JobItem> jobs, Terminal terminal) =>
        new TableLayout<JobItem>(Columns, terminal).Write(jobs);
}
