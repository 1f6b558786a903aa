using System.Globalization;
using JobWatcher.Reporting;
using JobWatcher.Snapshots;

namespace JobWatcher.Commands;

/// <summary>Shows jobs as a table. A narrow terminal shows what tells jobs apart; all is in <c>--output json</c>.</summary>
internal static class JobTable
{
    private const int Medium = 120;
    private const int Wide = 200;

    private static readonly (TextColumn Column, int LeastWidth, Func<JobItem, string> Cell)[] All =
    [
        (new TextColumn("TARGET", IsElastic: true), 0, job => job.Target),
        (new TextColumn("CREATED (UTC)"), 0, job => Time(job.CreatedTime)),
        (new TextColumn("STATUS", IsElastic: true), 0, job => LabelText.Bound(job.Status)),
        (new TextColumn("DONE"), Medium, job => Done(job.ProgressPercent)),
        (new TextColumn("TOOK"), Medium, job => CellText.Took(job.DurationSeconds)),
        (new TextColumn("JOB", IsElastic: true), 0, job => CellText.Shown(job.JobName)),
        (new TextColumn("INSTANCE", IsElastic: true), 0, job => CellText.Shown(job.InstanceName ?? job.InstanceId)),
        (new TextColumn("REASON", IsElastic: true), Medium, job => CellText.Shown(job.FailReason)),
        (new TextColumn("JOB ID", IsElastic: true), Wide, job => CellText.Shown(job.JobId)),
    ];

    /// <summary>Writes the table.</summary>
    /// <param name="jobs">The jobs, in the order to show them.</param>
    /// <param name="terminal">Where it goes.</param>
    public static void Write(IReadOnlyList<JobItem> jobs, Terminal terminal)
    {
        var shown = All.Where(column => terminal.Width is null || terminal.Width >= column.LeastWidth).ToList();
        TextTable.Write(
            [.. shown.Select(column => column.Column)],
            [.. jobs.Select(job => (IReadOnlyList<string>)[.. shown.Select(column => column.Cell(job))])],
            terminal);
    }

    private static string Time(DateTime? time) => time?.ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";

    private static string Done(double? percent) =>
        percent is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0}%") : "-";
}
