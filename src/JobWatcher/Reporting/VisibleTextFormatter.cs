using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace JobWatcher.Reporting;

/// <summary>
/// Writes characters that hide or reorder text on a screen as <c>\uXXXX</c>, which means the same inside JSON. Texts of
/// the cloud may hold them to make one line of a log look like another.
/// </summary>
internal sealed class VisibleTextFormatter(ITextFormatter inner) : ITextFormatter
{
    private const char Escape = '\u001B';

    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        inner.Format(logEvent, line);
        foreach (var character in line.ToString())
        {
            if (IsHidden(character))
            {
                output.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"));
            }
            else
            {
                output.Write(character);
            }
        }
    }

    // Line ends and the terminal theme's escapes come from the template; JSON escapes those of the cloud's texts itself.
    private static bool IsHidden(char character) =>
        character is not ('\n' or '\r' or '\t' or Escape) && CharUnicodeInfo.GetUnicodeCategory(character) is
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or
            UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;
}
