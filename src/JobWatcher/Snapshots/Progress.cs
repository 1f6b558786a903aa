using System.Globalization;

namespace JobWatcher.Snapshots;

/// <summary>Reads a job's <c>process</c> field, which is text such as <c>30</c> or <c>30%</c>.</summary>
internal static class Progress
{
    private const double Whole = 100;

    /// <summary>The progress from 0 to 100; null where the text tells none in that range.</summary>
    public static double? Percent(string? process)
    {
        var text = process.AsSpan().Trim().TrimEnd('%').TrimEnd();
        // The parser takes the names of infinities whatever the style says.
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) &&
            percent is >= 0 and <= Whole
                ? percent
                : null;
    }
}
