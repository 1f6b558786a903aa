using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace JobWatcher.Snapshots;

/// <summary>
/// Identities that anybody computes alike from what they identify: the first 128 bits of SHA-256 over texts and a number, as
/// 32 lower-case hexadecimal digits.
/// </summary>
internal static class StableId
{
    private const int Bytes = 16;

    /// <summary>Computes one.</summary>
    /// <param name="number">The number, which comes last.</param>
    /// <param name="texts">The texts, in order.</param>
    public static string Of(long number, params ReadOnlySpan<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            Append(hash, text);
        }

        Span<byte> last = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(last, number);
        hash.AppendData(last);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, Bytes));
    }

    // The length goes first: two texts that share a boundary must not hash alike.
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
