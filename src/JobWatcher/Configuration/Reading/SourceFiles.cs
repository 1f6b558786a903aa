using System.Security.Cryptography;
using System.Text;

namespace JobWatcher.Configuration.Reading;

/// <summary>Reads the files of one configuration, each within a bound, and remembers what was read.</summary>
internal sealed class SourceFiles : IDisposable
{
    private const int ChunkBytes = 16 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<string> _paths = [];

    /// <summary>How many files were read so far.</summary>
    public int Count => _paths.Count;

    /// <summary>What was read so far.</summary>
    public ConfigurationSources Sources => new(
        [.. _paths.Distinct(StringComparer.Ordinal)], Convert.ToHexStringLower(_hash.GetCurrentHash()));

    /// <summary>Reads a text file.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="mostBytes">The size up to which it is read.</param>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <returns>Null, or what is wrong with the file as the end of a sentence.</returns>
    public string? TryRead(string path, int mostBytes, out string text)
    {
        text = "";
        byte[] content;
        try
        {
            content = ReadBounded(path, mostBytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Remember(path, null);
            return Why(path, exception);
        }

        Remember(path, content);
        if (content.Length > mostBytes)
        {
            return $"is larger than {mostBytes / 1024} KiB";
        }

        try
        {
            text = Utf8.GetString(content).TrimStart('\uFEFF');
            return null;
        }
        catch (DecoderFallbackException)
        {
            return "is not UTF-8 text; save it as such";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private static byte[] ReadBounded(string path, int mostBytes)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        while (content.Length <= mostBytes && file.Read(chunk) is > 0 and var read)
        {
            content.Write(chunk, 0, read);
        }

        return content.ToArray();
    }

    private static string Why(string path, Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "does not exist",
        UnauthorizedAccessException when Directory.Exists(path) => "is a folder, not a file",
        UnauthorizedAccessException => "may not be read; give this user the right to",
        _ => $"cannot be read ({exception.Message.TrimEnd('.')})",
    };

    private void Remember(string path, byte[]? content)
    {
        _paths.Add(path);
        var name = Encoding.UTF8.GetBytes(path);
        _hash.AppendData(BitConverter.GetBytes(name.Length));
        _hash.AppendData(name);
        // A file that is missing is not an empty one.
        _hash.AppendData(BitConverter.GetBytes(content?.Length ?? -1));
        _hash.AppendData(content ?? []);
    }
}
