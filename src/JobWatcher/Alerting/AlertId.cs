using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace JobWatcher.Alerting;

/// <summary>
/// Identifies one alert from its start to its end, and for good: the first 128 bits of SHA-256 over target, rule, job id
/// and the moment of its start, in lower-case hexadecimal. A job that fails again after a repair starts another alert.
/// </summary>
/// <param name="Value">32 hexadecimal digits.</param>
internal readonly record struct AlertId(string Value)
{
    private const int Bytes = 16;

    /// <summary>Computes the id of an alert.</summary>
    /// <param name="key">What it is about.</param>
    /// <param name="observed">When its start was seen, to the millisecond as the store keeps it.</param>
    public static AlertId Of(AlertKey key, DateTimeOffset observed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(long)];
        foreach (var field in new[] { key.Target, key.Name.Value, key.JobId })
        {
            var text = Encoding.UTF8.GetBytes(field);
            // The length goes first: two fields that share a boundary must not hash alike.
            BinaryPrimitives.WriteInt64BigEndian(number, text.Length);
            hash.AppendData(number);
            hash.AppendData(text);
        }

        BinaryPrimitives.WriteInt64BigEndian(number, observed.ToUnixTimeMilliseconds());
        hash.AppendData(number);
        return new AlertId(Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, Bytes)));
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
