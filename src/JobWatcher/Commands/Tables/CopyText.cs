using System.Globalization;
using JobWatcher.Storage.Sqlite.Backups;

namespace JobWatcher.Commands.Tables;

/// <summary>Tells in words what a copy of a store holds. Pure.</summary>
internal static class CopyText
{
    private const double Step = 1000;

    private static readonly string[] Units = ["bytes", "kB", "MB", "GB"];

    /// <summary>Such as <c>3 targets and 1204 transitions (5.2 MB)</c>.</summary>
    public static string Of(CopyFacts facts) =>
        $"{Counted(facts.Targets, "target")} and {Counted(facts.Transitions, "transition")} ({Size(facts.Bytes)})";

    private static string Counted(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Size(long bytes)
    {
        var size = (double)bytes;
        var unit = 0;
        while (size >= Step && unit < Units.Length - 1)
        {
            size /= Step;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }
}
