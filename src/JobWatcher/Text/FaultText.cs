using System.Globalization;
using System.Text;
using JobWatcher.HuaweiCloud.Text;

namespace JobWatcher.Text;

/// <summary>Makes texts from outside fit for one line on a terminal.</summary>
internal static class FaultText
{
    private const int MostCharacters = 60;

    /// <summary>The text in quotes, shortened, everything in it visible.</summary>
    public static string Quote(string text) =>
        $"\"{Visible(text.Length <= MostCharacters ? text : $"{TextStart.Of(text, MostCharacters)}…")}\"";

    /// <summary>The text with characters that hide, move or break text written as <c>\uXXXX</c>.</summary>
    public static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune) && !HiddenCharacter.Is(rune))
            {
                visible.Append(text, i, rune.Utf16SequenceLength);
                i += rune.Utf16SequenceLength - 1;
            }
            else
            {
                visible.Append(HiddenCharacter.Escaped(text[i]));
            }
        }

        return visible.ToString();
    }

    /// <summary>The first character that a reader would not see, as <c>U+200B</c>; null where there is none.</summary>
    public static string? FirstHidden(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                return string.Create(CultureInfo.InvariantCulture, $"U+{(int)text[i]:X4}");
            }

            if (HiddenCharacter.Is(rune))
            {
                return string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
            }

            i += rune.Utf16SequenceLength - 1;
        }

        return null;
    }
}
