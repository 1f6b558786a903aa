using JobWatcher.Configuration;
using JobWatcher.Snapshots;

namespace JobWatcher.Commands;

/// <summary>What the cells of tables say.</summary>
internal static class CellText
{
    private const string Untold = "-";

    /// <summary>A text of the cloud.</summary>
    public static string Shown(string? text) => string.IsNullOrEmpty(text) ? Untold : LabelText.Bound(text);

    /// <summary>How long a job took, to the second.</summary>
    public static string Took(double? seconds) => seconds is { } known
        ? Duration.Of(TimeSpan.FromSeconds(Math.Round(known))).ToString()
        : Untold;
}
