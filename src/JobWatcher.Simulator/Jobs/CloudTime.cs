using System.Globalization;

namespace JobWatcher.Simulator.Jobs;

/// <summary>
/// The API's notation of times: <c>2018-08-06T10:41:14+0000</c>, in whole seconds, the zone without a colon.
/// </summary>
internal static class CloudTime
{
    private const string Notation = "yyyy-MM-dd'T'HH:mm:sszzz";

    public static string Format(DateTimeOffset time)
        => time.ToString(Notation, CultureInfo.InvariantCulture).Remove(22, 1);

    /// <summary>Reads exactly that notation. A raw <c>+</c> in a query arrives as a space and is refused.</summary>
    public static DateTimeOffset? Parse(string? text)
        => text is { Length: 24 } && char.IsAsciiDigit(text[22]) && DateTimeOffset.TryParseExact(
            text.Insert(22, ":"),
            Notation,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time)
            ? time
            : null;
}
