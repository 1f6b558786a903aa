namespace JobWatcher.HuaweiCloud.Text;

/// <summary>Cuts texts that are too long.</summary>
public static class TextStart
{
    /// <summary>The text's beginning, which never ends in half a character.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most UTF-16 code units to keep.</param>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> text, int most) =>
        text.Length <= most ? text
        : most > 0 && char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)]
        : text[..most];

    /// <summary>The text; where it is longer than allowed its beginning, and an ellipsis in the end.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most UTF-16 code units, the ellipsis included.</param>
    public static string Shortened(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= most ? text : $"{Of(text, most - 1)}…";
    }
}
