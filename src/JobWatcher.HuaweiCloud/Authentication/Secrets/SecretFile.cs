namespace JobWatcher.HuaweiCloud.Authentication.Secrets;

/// <summary>
/// A secret in a file, which is read again when it changes, also where a Kubernetes volume swaps a symbolic link: the
/// content behind the path is compared, at most once a second and only when the secret is used. A file that vanishes or is
/// emptied leaves the last good secret in force, and <see cref="Fault"/> tells it.
/// </summary>
public sealed class SecretFile(string path, TimeProvider time) : ISecretSource
{
    private const int MaxBytes = 64 * 1024;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Secret? _secret;
    private long? _lookedAt;

    /// <summary>The file's path.</summary>
    public string Path => path;

    /// <summary>What was wrong with the file when it was last looked at; null while all is well.</summary>
    public SecretFileFault? Fault { get; private set; }

    /// <summary>The secret in a file's content: all of it but the one line end that editors add.</summary>
    public static string WithoutLineEnd(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return
            content.EndsWith("\r\n", StringComparison.Ordinal) ? content[..^2] :
            content.EndsWith('\n') ? content[..^1] :
            content;
    }

    /// <inheritdoc/>
    public Secret Current()
    {
        lock (_lock)
        {
            if (_lookedAt is not { } looked || time.GetElapsedTime(looked) >= LookEvery)
            {
                Look();
            }

            return _secret ?? throw new CloudException(CloudFault.Unauthorized, Fault!.ToString()) { WasNotSent = true };
        }
    }

    /// <inheritdoc/>
    public void Refresh()
    {
        lock (_lock)
        {
            Look();
        }
    }

    private void Look()
    {
        _lookedAt = time.GetTimestamp();
        try
        {
            // Read as one stream that was opened once: a swap in the middle cannot mix two versions.
            using var stream = File.OpenRead(path);
            Take(stream.Length > MaxBytes ? null : WithoutLineEnd(new StreamReader(stream).ReadToEnd()));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            Fault = new SecretFileFault(path, SecretFileFaultKind.Missing);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fault = new SecretFileFault(path, SecretFileFaultKind.Unreadable);
        }
    }

    private void Take(string? text)
    {
        Fault = text switch
        {
            null => new SecretFileFault(path, SecretFileFaultKind.TooLarge),
            "" => new SecretFileFault(path, SecretFileFaultKind.Empty),
            _ => null,
        };
        if (Fault is null && _secret?.Reveal() != text)
        {
            _secret = new Secret(text!);
        }
    }
}
