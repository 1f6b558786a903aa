using System.Globalization;
using JobWatcher.Reporting;
using JobWatcher.Snapshots;

namespace JobWatcher.Commands;

/// <summary>
/// Shows transitions as a table, page by page. A narrow terminal shows what tells them apart; all is in <c>--output json</c>.
/// </summary>
internal sealed class TransitionTable(Terminal terminal)
{
    private const int Medium = 120;
    private const int Wide = 200;

    private static readonly (TextColumn Column, int LeastWidth, Func<TransitionItem, string> Cell)[] All =
    [
        (new TextColumn("OBSERVED (UTC)"), 0, item => Time(item.ObservedTime)),
        (new TextColumn("TARGET", IsElastic: true), 0, item => item.Target),
        (new TextColumn("FROM", IsElastic: true), 0, item => LabelText.Bound(item.FromStatus)),
        (new TextColumn("TO", IsElastic: true), 0, item => LabelText.Bound(item.ToStatus)),
        (new TextColumn("TOOK"), Medium, item => CellText.Took(item.DurationSeconds)),
        (new TextColumn("JOB", IsElastic: true), 0, item => CellText.Shown(item.JobName)),
        (new TextColumn("INSTANCE", IsElastic: true), 0, item => CellText.Shown(item.InstanceName ?? item.InstanceId)),
        (new TextColumn("REASON", IsElastic: true), Medium, item => CellText.Shown(item.FailReason)),
        (new TextColumn("JOB ID", IsElastic: true), Wide, item => CellText.Shown(item.JobId)),
    ];

    private readonly (TextColumn Column, int LeastWidth, Func<TransitionItem, string> Cell)[] _shown =
        [.. All.Where(column => terminal.Width is null || terminal.Width >= column.LeastWidth)];

    private TextTable? _table;

    /// <summary>Writes further rows; the first ones decide the columns' widths.</summary>
    public void Write(IReadOnlyList<TransitionItem> items)
    {
        IReadOnlyList<IReadOnlyList<string>> rows = [.. items.Select(item => Row(item))];
        _table ??= new TextTable([.. _shown.Select(column => column.Column)], rows, terminal);
        _table.WriteRows(rows);
    }

    private IReadOnlyList<string> Row(TransitionItem item) => [.. _shown.Select(column => column.Cell(item))];

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
