namespace JobWatcher.Commands.Tables;

/// <summary>A column of a table of items.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Cell">What it says of an item.</param>
/// <param name="IsElastic">Whether its cells may be cut where the terminal is too narrow.</param>
/// <param name="LeastWidth">How wide a terminal must be to show it.</param>
internal sealed record ItemColumn<T>(string Name, Func<T, string> Cell, bool IsElastic = false, int LeastWidth = 0);

/// <summary>A table of items, page by page, with the columns that the terminal has room for; a pipe gets them all.</summary>
/// <param name="columns">All columns.</param>
/// <param name="terminal">Where it goes.</param>
internal sealed class TableLayout<T>(IReadOnlyList<ItemColumn<T>> columns, Terminal terminal)
{
    private readonly IReadOnlyList<ItemColumn<T>> _shown =
        [.. columns.Where(column => terminal.Width is null || terminal.Width >= column.LeastWidth)];

    private TextTable? _table;

    /// <summary>Writes further rows; the first ones decide the columns' widths.</summary>
    public void Write(IReadOnlyList<T> items)
    {
        IReadOnlyList<IReadOnlyList<string>> rows =
            [.. items.Select(item => (IReadOnlyList<string>)[.. _shown.Select(column => column.Cell(item))])];
        _table ??= new TextTable([.. _shown.Select(column => new TextColumn(column.Name, column.IsElastic))], rows, terminal);
        _table.WriteRows(rows);
    }
}
