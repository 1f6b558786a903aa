namespace JobWatcher.Configuration.Reading;

/// <summary>Finds the word that a writer may have meant.</summary>
internal static class Closest
{
    private const int MostLetters = 60;

    /// <summary>The known word with the fewest letters to change; null where none is near.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > MostLetters)
        {
            return null;
        }

        var (best, distance) = known
            .Select(candidate => (Word: candidate, Distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .DefaultIfEmpty((Word: "", Distance: int.MaxValue))
            .MinBy(candidate => candidate.Distance);
        return distance <= Math.Max(1, word.Length / 3) ? best : null;
    }

    // Damerau and Levenshtein: letters put in, left out, changed or swapped with their neighbour.
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                rows[i, j] = Cell(i, j);
            }
        }

        return rows[left.Length, right.Length];

        int Cell(int i, int j)
        {
            if (i == 0 || j == 0)
            {
                return i + j;
            }

            var same = left[i - 1] == right[j - 1];
            var least = Math.Min(rows[i - 1, j - 1] + (same ? 0 : 1), Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
            var isSwap = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
            return isSwap ? Math.Min(least, rows[i - 2, j - 2] + 1) : least;
        }
    }
}
