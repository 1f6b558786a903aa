using System.Globalization;
using System.Text;

namespace JobWatcher.Configuration;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Place">Where: a file, line and column, or an environment variable.</param>
/// <param name="Key">The key's path, such as <c>targets[0].interval</c>; empty where there is none.</param>
/// <param name="Message">What is wrong and what to do about it. Holds no secret.</param>
internal sealed record ConfigurationFault(Place Place, string Key, string Message)
{
    private const int MostCharacters = 80;

    /// <summary>The fault as one line.</summary>
    public override string ToString() => Key.Length == 0 ? $"{Place}: {Message}" : $"{Place}: {Key}: {Message}";

    /// <summary>A value as a fault may show it: quoted, short, without control characters.</summary>
    public static string Quote(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in value.Length > MostCharacters ? value[..MostCharacters] : value)
        {
            _ = char.IsControl(character) || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Format
                ? quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")
                : quoted.Append(character);
        }

        return quoted.Append(value.Length > MostCharacters ? "...\"" : "\"").ToString();
    }
}
