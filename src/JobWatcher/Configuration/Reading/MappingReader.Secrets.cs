using JobWatcher.Configuration.Credentials;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Authentication.Secrets;

namespace JobWatcher.Configuration.Reading;

/// <content>Secrets, none of which any fault shows.</content>
internal sealed partial class MappingReader
{
    // A token is about 10 KB long; a file much larger is another file.
    private const int MostSecretBytes = 64 * 1024;

    /// <summary>Whether a secret is given, by itself or by its file.</summary>
    public bool HasSecret(string key)
    {
        // Both are asked for, or the second would be an unknown key.
        var (isInline, isFile) = (Has(key), Has(FileKey(key)));
        return isInline || isFile;
    }

    /// <summary>A key or token, from <paramref name="key"/> or from the file that its <c>File</c> twin names.</summary>
    public SecretConfiguration? Secret(string key) => Secret(key, session.Secret);

    /// <summary>The same for a password, which may hold any character.</summary>
    public SecretConfiguration? Password(string key) => Secret(key, (text, _, _) => new Secret(text));

    /// <summary>
    /// Secrets of a list, from <paramref name="key"/> or from the lines of the file that its <c>File</c> twin names; lines
    /// that are empty are passed over.
    /// </summary>
    public IReadOnlyList<TextItem> Secrets(string key)
    {
        var fileKey = FileKey(key);
        if (!Has(fileKey))
        {
            return Texts(key);
        }

        if (Has(key))
        {
            Fault(fileKey, $"stands beside {key}; keep one of them");
            return [];
        }

        var lines = FromFile(fileKey)?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return [.. (lines ?? []).Select(line => new TextItem(line, PlaceOf(fileKey), path.Key(fileKey)))];
    }

    private SecretConfiguration? Secret(string key, Func<string, Place, KeyPath, Secret?> read)
    {
        var fileKey = FileKey(key);
        var isInline = Has(key);
        if (Has(fileKey) && isInline)
        {
            Fault(fileKey, $"stands beside {key}; keep one of them");
            return null;
        }

        var text = Text(key) ?? FromFile(fileKey);
        var given = isInline ? key : fileKey;
        return text is not null && read(text, PlaceOf(given), path.Key(given)) is { } secret
            ? new SecretConfiguration(secret, isInline ? null : FilePath(fileKey))
            : null;
    }

    private static string FileKey(string key) => key + "File";

    private string? FromFile(string fileKey)
    {
        if (FilePath(fileKey) is not { } file)
        {
            return null;
        }

        var problem = session.Files.TryRead(file, MostSecretBytes, out var text);
        text = SecretFile.WithoutLineEnd(text);
        if (problem is null && text.Length > 0)
        {
            return text;
        }

        Fault(fileKey, $"{problem ?? "is empty"} (looked for at {file})", Text(fileKey));
        return null;
    }
}
