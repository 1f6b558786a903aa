using JobWatcher.HuaweiCloud.Authentication;

namespace JobWatcher.Configuration.Reading;

/// <content>Secrets, none of which any fault shows.</content>
internal sealed partial class MappingReader
{
    // A token is about 10 KB long; a file much larger is another file.
    private const int MostSecretBytes = 64 * 1024;

    /// <summary>Whether a secret is given, by itself or by its file.</summary>
    public bool HasSecret(string key) => Has(key) | Has(FileKey(key));

    /// <summary>A key or token, from <paramref name="key"/> or from the file that its <c>File</c> twin names.</summary>
    public Secret? Secret(string key)
    {
        var fileKey = FileKey(key);
        if (Has(key) & Has(fileKey))
        {
            Fault(fileKey, $"stands beside {key}; keep one of them");
            return null;
        }

        var text = Text(key) ?? FromFile(fileKey);
        if (text is null || text.All(character => character is >= '!' and <= '~'))
        {
            return text is null ? null : new Secret(text);
        }

        Fault(Has(key) ? key : fileKey, "holds a space or another character that no key or token has; copy it anew");
        return null;
    }

    private static string FileKey(string key) => key + "File";

    private string? FromFile(string fileKey)
    {
        if (FilePath(fileKey) is not { } file)
        {
            return null;
        }

        var problem = session.Files.TryRead(file, MostSecretBytes, out var text);
        text = WithoutLineEnd(text);
        if (problem is null && text.Length > 0)
        {
            return text;
        }

        Fault(fileKey, $"{problem ?? "is empty"} (looked for at {FaultText.Visible(file)})", Text(fileKey));
        return null;
    }

    private static string WithoutLineEnd(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] :
        text.EndsWith('\n') ? text[..^1] :
        text;
}
