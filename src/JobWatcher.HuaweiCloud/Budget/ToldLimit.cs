using System.Globalization;
using System.Text.RegularExpressions;

namespace JobWatcher.HuaweiCloud.Budget;

/// <summary>A limit that the gateway spells out in the message of a 429 <c>APIGW.0308</c>.</summary>
/// <param name="Rate">How much it allows.</param>
/// <param name="IsForAddress">Whether it counts all that comes from one IP address, instead of one user.</param>
internal sealed partial record ToldLimit(RequestRate Rate, bool IsForAddress)
{
    // The text comes over the network: what it says must not bring the watching to a standstill.
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromHours(1);
    private static readonly TimeSpan WidestSpacing = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Reads a message such as <c>policy user over ratelimit,limit:200,time:5 minute</c>. Null where it tells no limit, or
    /// one of less than a request a minute or of a period beyond an hour.
    /// </summary>
    public static ToldLimit? Parse(string? message)
    {
        if (message is null || Pattern.Match(message) is not { Success: true } match
            || !int.TryParse(match.Groups["limit"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var requests)
            || !int.TryParse(match.Groups["time"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || requests == 0 || count is 0 or > 3600)
        {
            return null;
        }

        var per = count * UnitOf(match.Groups["unit"].Value);
        var rate = new RequestRate(requests, per);
        return per > LongestPeriod || rate.Spacing > WidestSpacing
            ? null
            : new ToldLimit(rate, match.Groups["policy"].ValueSpan.Equals("ip", StringComparison.OrdinalIgnoreCase));
    }

    private static TimeSpan UnitOf(string unit) => char.ToUpperInvariant(unit[0]) switch
    {
        'S' => TimeSpan.FromSeconds(1),
        'M' => TimeSpan.FromMinutes(1),
        'H' => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    [GeneratedRegex(
        @"policy\s+(?<policy>\w+)\s+over\s+ratelimit,\s*limit:\s*(?<limit>\d{1,9}),\s*time:\s*(?<time>\d{1,5})\s*(?<unit>second|minute|hour|day)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern { get; }
}
