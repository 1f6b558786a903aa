using System.Buffers.Binary;

namespace JobWatcher.Tests.Storage.Sqlite;

/// <summary>
/// What SQLite has appended to a database's write-ahead log since its last checkpoint, by the file format
/// (https://www.sqlite.org/fileformat2.html#the_write_ahead_log).
/// </summary>
/// <param name="Commits">Transactions that wrote.</param>
/// <param name="Pages">Pages that they wrote.</param>
internal sealed record WriteAheadLog(int Commits, int Pages)
{
    private const int Header = 32;
    private const int FrameHeader = 24;

    public static WriteAheadLog Read(string databasePath)
    {
        using var file = new FileStream(databasePath + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        var frame = FrameHeader + BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(8));
        var salts = content.AsSpan(16, 8);
        var (commits, pages) = (0, 0);
        for (var at = Header; at + frame <= content.Length && content.AsSpan(at + 8, 8).SequenceEqual(salts); at += frame)
        {
            pages++;
            // The last page of a transaction tells the size of the database after it.
            commits += BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(at + 4)) > 0 ? 1 : 0;
        }

        return new WriteAheadLog(commits, pages);
    }
}
