using JobWatcher.EndToEndTests.Chaos.Logs;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>Whole lines only: one that a kill cut off is the last of its process.</summary>
internal static class LineCheck
{
    public static IEnumerable<Defect> Find(IEnumerable<ProcessLog> processes) => processes.SelectMany(Find);

    private static IEnumerable<Defect> Find(ProcessLog process)
    {
        if (Unreadable(process) is { } reason)
        {
            yield return new Defect(DefectKind.BrokenLine, $"{process}: {reason}");
        }

        if (!process.IsKilled && process.CutLine.Length > 0)
        {
            yield return new Defect(DefectKind.BrokenLine, $"{process} stopped within a line: {process.CutLine}");
        }
    }

    private static string? Unreadable(ProcessLog process)
    {
        try
        {
            process.ReadEvents();
            return null;
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
    }
}
