using Microsoft.Win32.SafeHandles;

namespace JobWatcher.Reporting;

/// <summary>Standard output as a log pipeline reads it: by whole lines, and with failures that are seen.</summary>
internal static class StandardOutput
{
    // Longer than a line of the log with every field at its bound.
    private const int MostCharacters = 64 * 1024;

    private const int Descriptor = 1;

    // EPIPE of Linux and macOS, which .NET passes on as HResult.
    private const int BrokenPipe = 32;

    /// <summary>
    /// Lets each line go out in one write. .NET's own writer cuts it into pieces of 256 characters, so that a process
    /// killed between two of them leaves half a line, to which the next process' first one is glued.
    /// </summary>
    public static void WriteWholeLines() => Console.SetOut(WriterOfLines(OpenStream()));

    /// <summary>Writes each line at once, and none behind one that was cut short.</summary>
    public static StreamWriter WriterOfLines(Stream output) =>
        new(new WholeLineStream(output), bufferSize: MostCharacters) { AutoFlush = true };

    /// <summary>
    /// Opens it for bytes. .NET's console stream takes a pipe whose reader has gone for a success, and transitions would count as
    /// reported. A file is left to it: only it appends where others write to the same file.
    /// </summary>
    public static Stream OpenStream()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }

        var pipe = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }

    /// <summary>Whether a write failed because nobody reads any more, as behind <c>| head</c>.</summary>
    public static bool IsClosed(IOException exception) => exception.HResult == BrokenPipe;
}
