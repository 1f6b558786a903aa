using JobWatcher.EndToEndTests.Chaos.Logs;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>Nobody dies but by our hand, and nobody complains of store or output, which were sound all the time.</summary>
internal static class ProcessCheck
{
    private static readonly string[] Complaints = ["StoreUnavailable", "TransitionsUnreported", "CommitRefused", "Fatal"];

    public static IEnumerable<Defect> Find(IEnumerable<ProcessEvents> processes) =>
        processes.SelectMany(Symptoms, (process, symptom) => new Defect(DefectKind.SickProcess, $"{process.Process}: {symptom}"));

    private static IEnumerable<string> Symptoms(ProcessEvents process)
    {
        if (process.Process.HasFailed)
        {
            yield return $"it ended with {process.Process.ExitCode}{(process.Process.WasAskedToStop ? "" : " by itself")}.";
        }

        if (process.Process.Error.Length > 0)
        {
            yield return $"it wrote to standard error: {process.Process.Error}";
        }

        foreach (var complaint in process.Events.Where(logged => Complaints.Contains(logged.Name, StringComparer.Ordinal)))
        {
            yield return complaint.ToString();
        }
    }
}
