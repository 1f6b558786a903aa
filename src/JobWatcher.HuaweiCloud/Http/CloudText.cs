using System.Globalization;
using System.Text;

namespace JobWatcher.HuaweiCloud.Http;

/// <summary>Makes texts of the cloud fit for messages: one line, no characters that are not seen, and short.</summary>
internal static class CloudText
{
    private const int MaxLength = 300;

    /// <summary>Cleans and shortens a text after taking the given secrets out of it, which a server may echo.</summary>
    public static string Clean(string text, IEnumerable<string> secrets)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsSeen(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        foreach (var secret in secrets)
        {
            clean.Replace(secret, "***");
        }

        return Shorten(clean.ToString().Trim());
    }

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static string Shorten(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        var cut = MaxLength - 1;
        return text[..(char.IsHighSurrogate(text[cut - 1]) ? cut - 1 : cut)] + "…";
    }
}
