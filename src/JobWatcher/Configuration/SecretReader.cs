using JobWatcher.HuaweiCloud.Authentication;

namespace JobWatcher.Configuration;

/// <summary>Reads a secret from its key, or from the file that its twin names. No fault ever shows its text.</summary>
internal static class SecretReader
{
    private const int MostBytes = 64 * 1024;

    /// <summary>Reads <paramref name="key"/> or <paramref name="key"/> + <c>File</c>; null when neither is given.</summary>
    public static Secret? Read(MappingReader reader, string key, ReadingContext context)
    {
        var value = reader.Text(key);
        var fileKey = key + "File";
        var path = reader.Text(fileKey);
        if (value is not null && path is not null)
        {
            reader.Fault(fileKey, $"{key} is given as well; keep one of the two");
            return null;
        }

        return path is null ? Wrap(value) : ReadFile(reader, fileKey, context.Resolve(path), context);
    }

    private static Secret? Wrap(string? value) => value is null ? null : new Secret(value);

    private static Secret? ReadFile(MappingReader reader, string key, string path, ReadingContext context)
    {
        context.Files.Add(path);
        try
        {
            var file = new FileInfo(path);
            if (file.Length > MostBytes)
            {
                reader.Fault(key, $"the file {path} is larger than {MostBytes} bytes; name one that holds only the secret");
                return null;
            }

            var text = File.ReadAllText(path).TrimEnd('\n', '\r');
            if (text.Length == 0)
            {
                reader.Fault(key, $"the file {path} is empty; put the secret into it");
                return null;
            }

            return new Secret(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            reader.Fault(key, $"the file {path} cannot be read ({exception.Message}); let it be there and readable");
            return null;
        }
    }
}
