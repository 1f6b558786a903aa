using System.Globalization;
using Spectre.Console;

namespace JobWatcher.Commands;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="IsElastic">Whether its cells may be cut where the terminal is too narrow.</param>
internal sealed record TextColumn(string Name, bool IsElastic = false);

/// <summary>
/// Draws tables of plain text that fit the terminal; in a pipe each row is one line of any length. No colours, no markup,
/// since texts of the cloud are among the cells.
/// </summary>
internal static class TextTable
{
    private const int Gap = 2;
    private const int WidthOfPipe = 100_000;

    /// <summary>Draws a table.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">Rows of as many cells.</param>
    /// <param name="terminal">Where it goes.</param>
    public static void Write(IReadOnlyList<TextColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows, Terminal terminal)
    {
        var cells = rows.Select(row => row.Select(cell => new Text(cell) { Overflow = Overflow.Ellipsis }).ToList()).ToList();
        var heads = columns.Select(column => new Text(column.Name)).ToList();
        var natural = columns
            .Select((_, index) => cells.Select(row => row[index]).Append(heads[index]).Max(text => text.Length))
            .ToList();
        var available = (terminal.Width ?? WidthOfPipe) - (Gap * (columns.Count - 1));
        var widths = ColumnWidths.Fit(natural, [.. columns.Select(column => column.IsElastic)], available);

        var table = new Table { Border = TableBorder.None };
        table.AddColumns(heads.Select((head, index) => new TableColumn(head)
        {
            NoWrap = true,
            Width = widths[index],
            Padding = new Padding(0, 0, index < heads.Count - 1 ? Gap : 0, 0),
        }).ToArray());
        foreach (var row in cells)
        {
            table.AddRow(row);
        }

        Draw(table, terminal);
    }

    private static void Draw(Table table, Terminal terminal)
    {
        using var drawn = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(drawn),
        });
        console.Profile.Width = terminal.Width ?? WidthOfPipe;
        console.Write(table);
        foreach (var line in drawn.ToString().TrimEnd('\n').Split('\n'))
        {
            terminal.Output.WriteLine(line.TrimEnd());
        }
    }
}
