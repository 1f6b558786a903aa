using System.Globalization;
using JobWatcher.Text;

namespace JobWatcher.Commands.Tables;

/// <summary>What the cells of tables say.</summary>
internal static class CellText
{
    private const string Untold = "-";

    /// <summary>A text of the cloud.</summary>
    public static string Shown(string? text) => string.IsNullOrEmpty(text) ? Untold : LabelText.Bound(text);

    /// <summary>A number of things.</summary>
    public static string Count(int? count) => count?.ToString(CultureInfo.InvariantCulture) ?? Untold;

    /// <summary>How much is done.</summary>
    public static string Done(double? percent) =>
        percent is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0}%") : Untold;

    /// <summary>A time in UTC, to the second.</summary>
    public static string Time(DateTime? time) => time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? Untold;

    /// <summary>How long a job took, to the second.</summary>
    public static string Took(double? seconds) => seconds is { } known
        ? Duration.Of(TimeSpan.FromSeconds(Math.Round(known))).ToString()
        : Untold;
}
