using System.Security.Cryptography;
using System.Text;

namespace JobWatcher.Configuration.Reading;

/// <summary>Reads the files of one configuration, each within a bound, and remembers what was read.</summary>
internal sealed class SourceFiles : IDisposable
{
    private const int ChunkBytes = 16 * 1024;

    // Hidden files are left out, as a shell does: editors keep their own copies there.
    private static readonly EnumerationOptions Matching = new()
    {
        AttributesToSkip = FileAttributes.Hidden,
        IgnoreInaccessible = false,
        MatchCasing = MatchCasing.CaseSensitive,
        MatchType = MatchType.Simple,
    };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<SourceReading> _readings = [];

    /// <summary>How many files and folders were read so far.</summary>
    public int Count => _readings.Count;

    /// <summary>What was read so far.</summary>
    public ConfigurationSources Sources => new([.. _readings], Convert.ToHexStringLower(_hash.GetCurrentHash()));

    /// <summary>Whether what was read would be the same now. Parses nothing; a file that cannot be read is a change too.</summary>
    public static bool AreUnchanged(ConfigurationSources sources)
    {
        using var now = new SourceFiles();
        foreach (var reading in sources.Readings)
        {
            if (reading.Pattern is { } pattern)
            {
                now.TryList(reading.Path, pattern, reading.Most, out _);
            }
            else
            {
                now.TryRead(reading.Path, reading.Most, out _);
            }
        }

        return now.Sources.ContentHash == sources.ContentHash;
    }

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
            Remember(new SourceReading(path, mostBytes), null);
            return Why(path, exception);
        }

        Remember(new SourceReading(path, mostBytes), content);
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

    /// <summary>Whether there is no such file, which is remembered then: that it comes is a change.</summary>
    public bool IsMissing(string path, int mostBytes)
    {
        if (File.Exists(path))
        {
            return false;
        }

        Remember(new SourceReading(path, mostBytes), null);
        return true;
    }

    /// <summary>Lists the files of a folder that fit a pattern.</summary>
    /// <param name="folder">Its absolute path.</param>
    /// <param name="pattern">The files' name, with wildcards.</param>
    /// <param name="most">How many are listed at most.</param>
    /// <param name="files">Their absolute paths, in order.</param>
    /// <returns>Null, or what is wrong with the folder as the end of a sentence.</returns>
    public string? TryList(string folder, string pattern, int most, out IReadOnlyList<string> files)
    {
        files = [];
        string? problem = null;
        try
        {
            files = Directory.Exists(folder)
                ? [.. Directory.EnumerateFiles(folder, pattern, Matching).Take(most).Order(StringComparer.Ordinal)]
                : [];
            problem = Directory.Exists(folder) ? null : $"looks into {folder}, which is no folder; only the file's name may hold a *";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"looks into a folder that cannot be read ({exception.Message.TrimEnd('.')})";
        }

        Remember(
            new SourceReading(folder, most, pattern),
            problem is null ? Encoding.UTF8.GetBytes(string.Join('\0', files)) : null);
        return problem;
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

    private void Remember(SourceReading reading, byte[]? content)
    {
        _readings.Add(reading);
        var name = Encoding.UTF8.GetBytes(reading.Path);
        _hash.AppendData(BitConverter.GetBytes(name.Length));
        _hash.AppendData(name);
        // A file that is missing is not an empty one.
        _hash.AppendData(BitConverter.GetBytes(content?.Length ?? -1));
        _hash.AppendData(content ?? []);
    }
}
