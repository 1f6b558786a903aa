using System.Security.Cryptography;
using System.Text;

namespace JobWatcher.Simulator.Jobs;

/// <summary>Identifiers that look like the cloud's and are the same for the same seed.</summary>
internal static class DeterministicId
{
    public static string Uuid(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    public static string Hex(string name)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    public static string Instance(string name) => Hex(name) + "in07";

    /// <summary>A seed for <see cref="Random"/>; <c>string.GetHashCode</c> differs from process to process.</summary>
    public static int Seed(string name)
        => BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
