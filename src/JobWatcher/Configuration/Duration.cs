using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace JobWatcher.Configuration;

/// <summary>A length of time as the configuration writes it: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>1h30m</c>, <c>30d</c>.</summary>
/// <param name="Value">The length, to the millisecond.</param>
internal readonly partial record struct Duration(TimeSpan Value)
{
    // Far beyond any sensible setting, and far below where adding times overflows.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36500);

    /// <summary>Reads one; false where the text is none.</summary>
    public static bool TryParse(string text, out Duration duration)
    {
        duration = default;
        var match = Pattern().Match(text);
        if (!match.Success || text.Length == 0)
        {
            return false;
        }

        double milliseconds = 0;
        foreach (var (unit, factor) in Units)
        {
            var amount = match.Groups[unit].Value;
            milliseconds += amount.Length == 0 ? 0 : double.Parse(amount, CultureInfo.InvariantCulture) * factor;
        }

        if (milliseconds > Longest.TotalMilliseconds)
        {
            return false;
        }

        duration = new Duration(TimeSpan.FromMilliseconds(milliseconds));
        return true;
    }

    /// <summary>The shortest text that reads as this duration.</summary>
    public override string ToString()
    {
        var left = (long)Value.TotalMilliseconds;
        var text = new StringBuilder();
        foreach (var (unit, factor) in Units)
        {
            var amount = Math.DivRem(left, factor, out left);
            _ = amount == 0 ? text : text.Append(CultureInfo.InvariantCulture, $"{amount}{unit}");
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }

    private static readonly (string Unit, long Factor)[] Units =
        [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

    [GeneratedRegex(
        @"\A(?:(?<d>[0-9]{1,9})d)?(?:(?<h>[0-9]{1,9})h)?(?:(?<m>[0-9]{1,9})m(?!s))?(?:(?<s>[0-9]{1,9})s)?(?:(?<ms>[0-9]{1,9})ms)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
