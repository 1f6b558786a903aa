using System.Security.Cryptography;
using System.Text;
using JobWatcher.Simulator.Authentication;

namespace JobWatcher.Simulator.Tests;

/// <summary>Signs a GET; the canonical request it builds on is tested against the captured requests.</summary>
internal static class SignedHeaders
{
    public static Dictionary<string, string> For(
        TestCloud cloud, string target, string accessKey, string secretKey, string? securityToken = null)
    {
        var date = $"{cloud.Clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}";
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["host"] = cloud.Server.BaseAddress.Authority,
            ["x-project-id"] = ProjectOptions.ExampleId,
            ["x-sdk-date"] = date,
        };
        if (securityToken is not null)
        {
            headers["x-security-token"] = securityToken;
        }

        string[] names = [.. headers.Keys.Order(StringComparer.Ordinal)];
        var canonical = CanonicalRequest.Of(new SignedRequest("GET", target, headers, default), names);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var signature = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secretKey),
            Encoding.UTF8.GetBytes($"SDK-HMAC-SHA256\n{date}\n{hash}"));
        headers["Authorization"] = $"SDK-HMAC-SHA256 Access={accessKey}, SignedHeaders={string.Join(';', names)}, "
            + $"Signature={Convert.ToHexStringLower(signature)}";
        return headers;
    }
}
