using System.Text;
using JobWatcher.HuaweiCloud.Text;

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
            if (!HiddenCharacter.Is(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        foreach (var secret in secrets)
        {
            clean.Replace(secret, "***");
        }

        return TextStart.Shortened(clean.ToString().Trim(), MaxLength);
    }
}
