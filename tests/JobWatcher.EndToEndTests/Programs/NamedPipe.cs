using System.Diagnostics;

namespace JobWatcher.EndToEndTests.Programs;

/// <summary>
/// A pipe with a name, as a program's standard output. The test holds its only reading end, so that it knows when nobody reads.
/// </summary>
internal sealed class NamedPipe : IDisposable
{
    private readonly TempFolder _folder = new();

    private NamedPipe()
    {
    }

    /// <summary>Becomes the program, with its output into the pipe as long as that is there.</summary>
    public IReadOnlyList<string> Launcher => ["sh", "-c", "test ! -p \"$0\" || exec > \"$0\"; exec \"$@\"", Path];

    private string Path => _folder.PathOf("pipe");

    /// <summary>Makes a pipe.</summary>
    public static async Task<NamedPipe> MakeAsync()
    {
        var pipe = new NamedPipe();
        using var make = Process.Start("mkfifo", [pipe.Path]);
        await make.WaitForExitAsync();
        Assert.Equal(0, make.ExitCode);
        return pipe;
    }

    /// <summary>Reads until a line holds a text, and then closes the reading end.</summary>
    public Task ReadUntilAsync(string text) => Task.Run(() =>
    {
        // Opening waits for the writer.
        using var reader = new StreamReader(Path);
        while (reader.ReadLine() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The program's output ended without {text}.");
    });

    /// <summary>Lets programs that start from now on write where others do.</summary>
    public void Remove() => File.Delete(Path);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
