using System.Text;
using JobWatcher.HuaweiCloud.Text;

namespace JobWatcher.Text;

/// <summary>
/// Makes a text of the cloud fit for a label or a note: short, and without characters that hide or reorder text on a screen.
/// </summary>
internal static class LabelText
{
    private const int MostInALabel = 200;
    private const char Replacement = '\uFFFD';

    /// <summary>The text with invisible characters replaced, cut to 200 characters; empty for null.</summary>
    public static string Bound(string? text) => Within(MostInALabel, text);

    /// <summary>The text with invisible characters replaced, cut to a length; empty for null.</summary>
    public static string Within(int mostCharacters, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var isClean = text.Length <= mostCharacters && !text.Any(IsSuspect);
        return isClean ? text : Cleaned(text, mostCharacters);
    }

    private static string Cleaned(string text, int mostCharacters)
    {
        var cleaned = new StringBuilder(Math.Min(text.Length, mostCharacters));
        foreach (var rune in text.EnumerateRunes())
        {
            if (cleaned.Length + rune.Utf16SequenceLength > mostCharacters)
            {
                break;
            }

            _ = HiddenCharacter.Is(rune) ? cleaned.Append(Replacement) : cleaned.Append(rune);
        }

        return cleaned.ToString();
    }

    // A surrogate may be half of a hidden character, or alone: both are told apart rune by rune.
    private static bool IsSuspect(char character) => !Rune.TryCreate(character, out var rune) || HiddenCharacter.Is(rune);
}
