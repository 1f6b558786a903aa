using System.Globalization;
using Spectre.Console;

namespace JobWatcher.Commands;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="IsElastic">Whether its cells may be cut where the terminal is too narrow.</param>
internal sealed record TextColumn(string Name, bool IsElastic = false);

/// <summary>
/// Draws tables of plain text: each row is one line, which is cut to fit the terminal and left whole in a pipe. No colours,
/// no markup, no wrapping, since texts of the cloud are among the cells.
/// </summary>
internal static class TextTable
{
    private const string Gap = "  ";
    private const string Ellipsis = "…";

    /// <summary>Draws a table.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">Rows of as many cells.</param>
    /// <param name="terminal">Where it goes.</param>
    public static void Write(IReadOnlyList<TextColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows, Terminal terminal)
    {
        IReadOnlyList<IReadOnlyList<string>> lines = [[.. columns.Select(column => column.Name)], .. rows];
        var widths = columns.Select((_, index) => lines.Max(line => line[index].GetCellWidth())).ToArray();
        var room = terminal.Width ?? int.MaxValue;
        var fitting = ColumnWidths.Fit(
            widths, [.. columns.Select(column => column.IsElastic)], room - (Gap.Length * (columns.Count - 1)));
        foreach (var line in lines)
        {
            terminal.Output.WriteLine(Cut(string.Join(Gap, line.Zip(fitting, Padded)).TrimEnd(), room));
        }
    }

    private static string Padded(string cell, int width)
    {
        var cut = Cut(cell, width);
        return cut + new string(' ', width - cut.GetCellWidth());
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
