namespace JobWatcher.Configuration;

/// <summary>Guesses what a misspelt name was meant to be.</summary>
internal static class Spelling
{
    // A third of a name may be wrong: "intervall" is close to "interval", "path" is not close to "port".
    private const int LettersForOneMistake = 3;

    /// <summary>The candidate that is closest to a name; null when none is close.</summary>
    public static string? Closest(string name, IEnumerable<string> candidates) => candidates
        .Select(candidate => (candidate, Distance: Distance(name, candidate)))
        .Where(pair => pair.Distance <= Math.Max(1, pair.candidate.Length / LettersForOneMistake))
        .OrderBy(pair => pair.Distance)
        .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
        .Select(pair => pair.candidate)
        .FirstOrDefault();

    // The Levenshtein distance, without regard to case.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var isSame = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]);
                var best = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (isSame ? 0 : 1));
                (diagonal, row[j]) = (row[j], best);
            }
        }

        return row[^1];
    }
}
