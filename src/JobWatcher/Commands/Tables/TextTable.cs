using System.Globalization;
using Spectre.Console;

namespace JobWatcher.Commands.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="IsElastic">Whether its cells may be cut where the terminal is too narrow.</param>
internal sealed record TextColumn(string Name, bool IsElastic = false);

/// <summary>
/// Draws tables of plain text: each row is one line, which is cut to fit the terminal and left whole in a pipe. No colours,
/// no markup, no wrapping, since texts of the cloud are among the cells.
/// </summary>
internal sealed class TextTable
{
    private const string Gap = "  ";
    private const string Ellipsis = "…";

    private readonly Terminal _terminal;
    private readonly IReadOnlyList<int> _widths;

    /// <summary>Begins a table: writes its heading.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">Rows of as many cells, by which the columns' widths are chosen.</param>
    /// <param name="terminal">Where it goes.</param>
    public TextTable(IReadOnlyList<TextColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows, Terminal terminal)
    {
        IReadOnlyList<string> heading = [.. columns.Select(column => column.Name)];
        var natural = columns.Select((_, index) => rows.Prepend(heading).Max(line => line[index].GetCellWidth())).ToArray();
        _terminal = terminal;
        _widths = ColumnWidths.Fit(
            natural, [.. columns.Select(column => column.IsElastic)], Room - (Gap.Length * (columns.Count - 1)));
        WriteRows([heading]);
    }

    private int Room => _terminal.Width ?? int.MaxValue;

    /// <summary>Draws a table.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">Rows of as many cells.</param>
    /// <param name="terminal">Where it goes.</param>
    public static void Write(
        IReadOnlyList<TextColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows, Terminal terminal) =>
        new TextTable(columns, rows, terminal).WriteRows(rows);

    /// <summary>Writes rows, which may be others than the widths were chosen by.</summary>
    public void WriteRows(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        foreach (var row in rows)
        {
            _terminal.Output.WriteLine(Cut(string.Join(Gap, row.Zip(_widths, Padded)).TrimEnd(), Room));
        }
    }

    private string Padded(string cell, int width)
    {
        var shown = _terminal.Width is null ? cell : Cut(cell, width);
        return shown + new string(' ', Math.Max(0, width - shown.GetCellWidth()));
    }

    private static string Cut(string text, int width)
    {
        if (text.GetCellWidth() <= width)
        {
            return text;
        }

        var kept = 0;
        var room = width - Ellipsis.GetCellWidth();
        for (var characters = StringInfo.GetTextElementEnumerator(text); characters.MoveNext();)
        {
            room -= characters.GetTextElement().GetCellWidth();
            if (room < 0)
            {
                break;
            }

            kept = characters.ElementIndex + characters.GetTextElement().Length;
        }

        return text[..kept] + Ellipsis;
    }
}
