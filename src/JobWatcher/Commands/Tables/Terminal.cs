namespace JobWatcher.Commands.Tables;

/// <summary>Where a command writes.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Width">The width of the output in characters; null for a pipe, whose lines may be of any length.</param>
/// <param name="ShowsProgress">Whether standard error is a terminal: progress is shown on one, never in a pipe.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, int? Width, bool ShowsProgress)
{
    private const int LeastWidth = 40;

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfThisProcess() => new(
        Console.Out,
        Console.Error,
        Console.IsOutputRedirected ? null : Math.Max(LeastWidth, Console.WindowWidth),
        !Console.IsErrorRedirected);

    /// <summary>Shows what goes on in the place of what was shown before; empty takes it away.</summary>
    public void Progress(string text)
    {
        if (ShowsProgress)
        {
            Error.Write($"\r\u001B[K{text}");
        }
    }
}
