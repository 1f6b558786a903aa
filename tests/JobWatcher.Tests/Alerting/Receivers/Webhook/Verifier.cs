using System.Security.Cryptography;
using System.Text;

namespace JobWatcher.Tests.Alerting.Receivers.Webhook;

/// <summary>
/// Verifies a request as a receiver would that knows only the specification of Standard Webhooks and RFC 2104. It shares
/// no code with what signs.
/// </summary>
internal static class Verifier
{
    private const int BlockBytes = 64;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static bool Accepts(HookRequest request, string secret, DateTimeOffset now)
    {
        var seconds = long.Parse(request.Timestamp, System.Globalization.CultureInfo.InvariantCulture);
        if ((now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance)
        {
            return false;
        }

        var key = Convert.FromBase64String(secret.Replace("whsec_", "", StringComparison.Ordinal));
        var signed = Encoding.ASCII.GetBytes(request.Id + "." + request.Timestamp + ".").Concat(request.Body).ToArray();
        return request.Signature.Split(' ').Any(signature =>
            signature.StartsWith("v1,", StringComparison.Ordinal) &&
            CryptographicOperations.FixedTimeEquals(Mac(key, signed), Convert.FromBase64String(signature["v1,".Length..])));
    }

    private static byte[] Mac(byte[] key, byte[] message)
    {
        var block = new byte[BlockBytes];
        (key.Length > BlockBytes ? SHA256.HashData(key) : key).CopyTo(block, 0);
        var inner = SHA256.HashData([.. block.Select(value => (byte)(value ^ 0x36)), .. message]);
        return SHA256.HashData([.. block.Select(value => (byte)(value ^ 0x5C)), .. inner]);
    }
}
