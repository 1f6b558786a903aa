using System.Security.Cryptography;
using System.Text;

namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>Signs requests by the vendor's <c>SDK-HMAC-SHA256</c>.</summary>
internal static class AccessKeySigner
{
    private const string Algorithm = "SDK-HMAC-SHA256";

    /// <summary>The form of <c>X-Sdk-Date</c>, in UTC; a server refuses one that is 15 minutes off its own clock.</summary>
    public const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>What the signature is made of.</summary>
    /// <param name="request">The request.</param>
    /// <param name="sdkDate">The value of its <c>X-Sdk-Date</c>.</param>
    public static string StringToSign(CanonicalRequest request, string sdkDate) =>
        $"{Algorithm}\n{sdkDate}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.Text)))}";

    /// <summary>The signature, in lower-case hexadecimal digits.</summary>
    public static string Sign(string stringToSign, Secret secretKey) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secretKey.Reveal()), Encoding.UTF8.GetBytes(stringToSign)));

    /// <summary>The value of the <c>Authorization</c> header.</summary>
    public static string Authorization(CanonicalRequest request, string sdkDate, AccessKeyCredentials credentials) =>
        $"{Algorithm} Access={credentials.AccessKey}, SignedHeaders={request.SignedHeaders}, " +
        $"Signature={Sign(StringToSign(request, sdkDate), credentials.SecretKey)}";
}
