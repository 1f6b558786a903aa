using System.Globalization;
using System.Text;

namespace JobWatcher.Snapshots;

/// <summary>
/// Makes a text of the cloud fit for a label: short, and without characters that hide or reorder text on a screen.
/// </summary>
internal static class LabelText
{
    private const int MostCharacters = 200;
    private const char Replacement = '\uFFFD';

    /// <summary>The text with invisible characters replaced, cut to 200 characters; empty for null.</summary>
    public static string Bound(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var isClean = text.Length <= MostCharacters && !text.Any(IsHidden);
        return isClean ? text : Cleaned(text);
    }

    private static string Cleaned(string text)
    {
        var cleaned = new StringBuilder(MostCharacters);
        foreach (var rune in text.EnumerateRunes())
        {
            if (cleaned.Length + rune.Utf16SequenceLength > MostCharacters)
            {
                break;
            }

            _ = IsHidden(Rune.GetUnicodeCategory(rune)) ? cleaned.Append(Replacement) : cleaned.Append(rune);
        }

        return cleaned.ToString();
    }

    // A surrogate may be half of a hidden character, or alone: both are told apart rune by rune.
    private static bool IsHidden(char character) =>
        char.IsSurrogate(character) || IsHidden(CharUnicodeInfo.GetUnicodeCategory(character));

    private static bool IsHidden(UnicodeCategory category) => category is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or
        UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned;
}
