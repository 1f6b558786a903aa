namespace JobWatcher.Hosting;

/// <summary>The exit codes that users rely on.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Something asked for failed.</summary>
    public const int Failed = 1;

    /// <summary>Bad usage or configuration; nothing was started.</summary>
    public const int BadUsage = 2;
}
