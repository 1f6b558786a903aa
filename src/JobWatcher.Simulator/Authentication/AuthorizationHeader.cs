using System.Text.RegularExpressions;

namespace JobWatcher.Simulator.Authentication;

/// <summary>What the header <c>Authorization</c> of a signed request says.</summary>
internal sealed partial record AuthorizationHeader(
    string AccessKey, IReadOnlyList<string> SignedHeaders, string Signature)
{
    public const string Algorithm = "SDK-HMAC-SHA256";

    public static AuthorizationHeader? Parse(string? value)
    {
        var match = Notation().Match(value ?? "");
        return match.Success
            ? new(match.Groups["key"].Value, match.Groups["names"].Value.Split(';'), match.Groups["signature"].Value)
            : null;
    }

    [GeneratedRegex(
        @"^SDK-HMAC-SHA256 Access=(?<key>[^,\s]+), SignedHeaders=(?<names>[a-z0-9;-]+), "
        + @"Signature=(?<signature>[0-9a-f]{64})\z",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Notation();
}
