namespace JobWatcher.Commands.Tables;

/// <summary>From how many characters on a terminal shows more columns.</summary>
internal static class TerminalWidth
{
    public const int Medium = 120;
    public const int Wide = 200;
}
