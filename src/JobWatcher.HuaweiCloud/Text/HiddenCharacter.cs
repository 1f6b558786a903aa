using System.Globalization;
using System.Text;

namespace JobWatcher.HuaweiCloud.Text;

/// <summary>Characters that a reader does not see, or that hide, move or break what stands beside them.</summary>
public static class HiddenCharacter
{
    /// <summary>
    /// Whether it is one: a control or format character, an end of a line or paragraph, or one that has no meaning that all agree on.
    /// </summary>
    public static bool Is(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or
        UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    /// <summary>A UTF-16 code unit of one, as it is shown instead: <c>\uXXXX</c>.</summary>
    public static string Escaped(char codeUnit) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)codeUnit:x4}");
}
