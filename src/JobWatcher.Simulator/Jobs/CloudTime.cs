using System.Globalization;
using System.Text.RegularExpressions;

namespace JobWatcher.Simulator.Jobs;

/// <summary>The API's notation of times: <c>2018-08-06T10:41:14+0000</c>, in whole seconds, the zone without a colon.</summary>
internal static partial class CloudTime
{
    public static string Format(DateTimeOffset time)
        => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture).Remove(22, 1);

    /// <summary>Reads exactly that notation. A raw <c>+</c> in a query arrives as a space and is refused.</summary>
    public static DateTimeOffset? Parse(string? text)
        => text is not null && Notation().IsMatch(text) && DateTimeOffset.TryParseExact(
            text.Insert(22, ":"),
            "yyyy-MM-dd'T'HH:mm:sszzz",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time)
            ? time
            : null;

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{4}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Notation();
}
