namespace JobWatcher.Commands.Tables;

/// <summary>Decides how wide the columns of a table are. Pure.</summary>
internal static class ColumnWidths
{
    // Narrower, a cut name tells nothing any more.
    private const int LeastElastic = 8;

    /// <summary>
    /// The widths: natural ones where there is room, else the widest of the elastic columns give way first, none below eight.
    /// </summary>
    /// <param name="natural">What each column needs to show everything.</param>
    /// <param name="elastic">Which may be narrower.</param>
    /// <param name="available">The room for all.</param>
    public static IReadOnlyList<int> Fit(IReadOnlyList<int> natural, IReadOnlyList<bool> elastic, int available)
    {
        var widths = natural.ToArray();
        for (var excess = widths.Sum() - available; excess > 0; excess--)
        {
            var widest = Enumerable.Range(0, widths.Length)
                .Where(index => elastic[index] && widths[index] > LeastElastic)
                .OrderByDescending(index => widths[index])
                .Select(index => (int?)index)
                .FirstOrDefault();
            if (widest is not { } column)
            {
                break;
            }

            widths[column]--;
        }

        return widths;
    }
}
