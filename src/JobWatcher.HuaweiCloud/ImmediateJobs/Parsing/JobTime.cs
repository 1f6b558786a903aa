using System.Globalization;

namespace JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

/// <summary>Reads and writes the API's times.</summary>
internal static class JobTime
{
    private const int SecondsLength = 19;
    private static readonly TimeSpan MaxOffset = TimeSpan.FromHours(14);

    /// <summary>The form that the API asks for in its parameters.</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+0000'", CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads <c>2018-08-06T10:41:14</c> with or without a fraction, followed by <c>Z</c>, <c>+0100</c>, <c>+01:00</c> or
    /// nothing, which means UTC. Null for anything else.
    /// </summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length < SecondsLength || !DateTime.TryParseExact(
                text[..SecondsLength], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return null;
        }

        var rest = text[SecondsLength..];
        return TakeFraction(ref rest) is { } fraction && Offset(rest) is { } offset
            ? Combine(local.Ticks + fraction - offset.Ticks)
            : null;
    }

    private static DateTimeOffset? Combine(long utcTicks) =>
        utcTicks >= DateTime.MinValue.Ticks && utcTicks <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(utcTicks, TimeSpan.Zero)
            : null;

    private static long? TakeFraction(ref ReadOnlySpan<char> rest)
    {
        if (rest is not ['.' or ',', ..])
        {
            return 0;
        }

        rest = rest[1..];
        long ticks = 0;
        var weight = TimeSpan.TicksPerSecond;
        var digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
        {
            weight /= 10;
            ticks += (rest[digits] - '0') * weight;
            digits++;
        }

        rest = rest[digits..];
        return digits > 0 ? ticks : null;
    }

    private static TimeSpan? Offset(ReadOnlySpan<char> zone)
    {
        if (zone is [] or ['Z'] or ['z'])
        {
            return TimeSpan.Zero;
        }

        Span<char> digits = stackalloc char[4];
        switch (zone)
        {
            case ['+' or '-', _, _, ':', _, _]:
                zone[1..3].CopyTo(digits);
                zone[4..].CopyTo(digits[2..]);
                break;
            case ['+' or '-', _, _, _, _]:
                zone[1..].CopyTo(digits);
                break;
            default:
                return null;
        }

        return Number(digits[..2]) is { } hours && Number(digits[2..]) is { } minutes and < 60
               && new TimeSpan(hours, minutes, 0) is var offset && offset <= MaxOffset
            ? (zone[0] == '-' ? -offset : offset)
            : null;
    }

    private static int? Number(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
