namespace JobWatcher.HuaweiCloud.Authentication.Secrets;

/// <summary>What is wrong with the file of a secret.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kind">What is wrong.</param>
public sealed record SecretFileFault(string Path, SecretFileFaultKind Kind)
{
    /// <summary>A sentence that names the file and the way out.</summary>
    public override string ToString() => Kind switch
    {
        SecretFileFaultKind.Missing => $"The secret's file {Path} is not there; let it be there, or name another.",
        SecretFileFaultKind.Empty => $"The secret's file {Path} is empty; put the secret into it.",
        SecretFileFaultKind.TooLarge => $"The secret's file {Path} is larger than 64 KiB; name one that holds only the secret.",
        _ => $"The secret's file {Path} cannot be read; let this process read it.",
    };
}

/// <summary>What can be wrong with the file of a secret.</summary>
public enum SecretFileFaultKind
{
    /// <summary>There is none.</summary>
    Missing,

    /// <summary>Nothing is in it.</summary>
    Empty,

    /// <summary>More is in it than a secret.</summary>
    TooLarge,

    /// <summary>It may not be read, or reading failed.</summary>
    Unreadable,
}
