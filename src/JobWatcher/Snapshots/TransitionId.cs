using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace JobWatcher.Snapshots;

/// <summary>
/// Identifies a transition for good: the first 128 bits of SHA-256 over region, project, job id, from, to and how often
/// this job has made this step, in lower-case hexadecimal. The same step has the same id after a restore, on another
/// replica and under another target name (rule D6 of the protocol).
/// </summary>
/// <param name="Value">32 hexadecimal digits.</param>
internal readonly record struct TransitionId(string Value)
{
    private const int Bytes = 16;

    /// <summary>Computes the id of one step.</summary>
    /// <param name="region">The target's region.</param>
    /// <param name="projectId">The target's project.</param>
    /// <param name="transition">The step.</param>
    /// <param name="occurrence">1 for the first time that this job makes this step, 2 for the second, and so on.</param>
    public static TransitionId Of(string region, string projectId, Transition transition, long occurrence)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, region);
        Append(hash, projectId);
        Append(hash, transition.Job.JobId);
        Append(hash, transition.From.Value);
        Append(hash, transition.To.Value);
        Span<byte> count = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(count, occurrence);
        hash.AppendData(count);

        return new TransitionId(Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, Bytes)));
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    // The length goes first: two fields that share a boundary must not hash alike.
    private static void Append(IncrementalHash hash, string field)
    {
        var text = Encoding.UTF8.GetBytes(field);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
        hash.AppendData(length);
        hash.AppendData(text);
    }
}
