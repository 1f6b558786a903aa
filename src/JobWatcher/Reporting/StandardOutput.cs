using Microsoft.Win32.SafeHandles;

namespace JobWatcher.Reporting;

/// <summary>Standard output as a log pipeline reads it: by whole lines, and with failures that are seen.</summary>
internal static class StandardOutput
{
    // Longer than a line of the log with every field at its bound.
    private const int MostCharacters = 64 * 1024;

    private const int Descriptor = 1;

    /// <summary>
    /// Lets each line go out in one write. .NET's own writer cuts it into pieces of 256 characters, so that a process
    /// killed between two of them leaves half a line, to which the next process' first one is glued.
    /// </summary>
    public static void WriteWholeLines() =>
        Console.SetOut(new StreamWriter(Open(), bufferSize: MostCharacters) { AutoFlush = true });

    // .NET's console stream takes a pipe whose reader has gone for a success, and transitions would count as reported. A file
    // is left to it: only it appends where others write to the same file.
    private static Stream Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }

        var pipe = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }
}
