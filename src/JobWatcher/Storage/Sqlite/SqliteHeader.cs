using System.Buffers.Binary;

namespace JobWatcher.Storage.Sqlite;

/// <summary>What the first bytes of a SQLite file say (SQLite's page "Database File Format", section 1.3).</summary>
/// <param name="ApplicationId">Which program the file belongs to.</param>
/// <param name="IsWal">Whether it is in WAL mode, as every store is that a service has opened, and no backup.</param>
internal sealed record SqliteHeader(int ApplicationId, bool IsWal)
{
    private const int Length = 100;
    private const int WriteVersionAt = 18;
    private const int ApplicationIdAt = 68;
    private const int WalVersion = 2;

    /// <summary>Whether the file is one of ours.</summary>
    public bool IsOurs => ApplicationId == SqliteFile.ApplicationId;

    /// <summary>Reads a file's header; null where it is not a SQLite file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public static SqliteHeader? Read(string path)
    {
        Span<byte> header = stackalloc byte[Length];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var read = file.ReadAtLeast(header, Length, throwOnEndOfStream: false);
        return read == Length && header.StartsWith("SQLite format 3\0"u8)
            ? new SqliteHeader(
                BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdAt..]), header[WriteVersionAt] == WalVersion)
            : null;
    }
}
