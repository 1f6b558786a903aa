using JobWatcher.Reporting;
using JobWatcher.Text;

namespace JobWatcher.Commands.Tables;

/// <summary>Shows transitions as a table. A narrow terminal shows what tells them apart; all is in <c>--output json</c>.</summary>
internal static class TransitionTable
{
    private static readonly ItemColumn<TransitionItem>[] Columns =
    [
        new("OBSERVED (UTC)", item => CellText.Time(item.ObservedTime)),
        new("TARGET", item => item.Target, IsElastic: true),
        new("FROM", item => LabelText.Bound(item.FromStatus), IsElastic: true),
        new("TO", item => LabelText.Bound(item.ToStatus), IsElastic: true),
        new("TOOK", item => CellText.Took(item.DurationSeconds), LeastWidth: TerminalWidth.Medium),
        new("JOB", item => CellText.Shown(item.JobName), IsElastic: true),
        new("INSTANCE", item => CellText.Shown(item.InstanceName ?? item.InstanceId), IsElastic: true),
        new("REASON", item => CellText.Shown(item.FailReason), IsElastic: true, TerminalWidth.Medium),
        new("JOB ID", item => CellText.Shown(item.JobId), IsElastic: true, TerminalWidth.Wide),
    ];

    /// <summary>Begins a table, to which transitions are added page by page.</summary>
    public static TableLayout<TransitionItem> On(Terminal terminal) => new(Columns, terminal);
}
