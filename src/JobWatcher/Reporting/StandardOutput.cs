namespace JobWatcher.Reporting;

/// <summary>Standard output as a log pipeline reads it: by whole lines.</summary>
internal static class StandardOutput
{
    // Longer than a line of the log with every field at its bound.
    private const int MostCharacters = 64 * 1024;

    /// <summary>
    /// Lets each line go out in one write. .NET's own writer cuts it into pieces of 256 characters, so that a process
    /// killed between two of them leaves half a line, to which the next process' first one is glued.
    /// </summary>
    public static void WriteWholeLines() =>
        Console.SetOut(new StreamWriter(Console.OpenStandardOutput(), bufferSize: MostCharacters) { AutoFlush = true });
}
