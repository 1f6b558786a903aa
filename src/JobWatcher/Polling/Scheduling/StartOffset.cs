using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace JobWatcher.Polling.Scheduling;

/// <summary>Spreads the polls of many targets over the interval, the same way after every start.</summary>
internal static class StartOffset
{
    /// <summary>How long after the schedule's start a target is polled first: from zero up to, but not, the interval.</summary>
    public static TimeSpan Of(string targetName, TimeSpan interval)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(targetName));
        var fraction = BinaryPrimitives.ReadUInt32BigEndian(hash) / ((double)uint.MaxValue + 1);
        return interval * fraction;
    }
}
