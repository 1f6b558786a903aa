using System.Globalization;
using JobWatcher.HuaweiCloud.Text;
using Serilog.Data;
using Serilog.Events;

namespace JobWatcher.Text;

/// <summary>
/// Texts without characters that hide or reorder text on a screen: those become <c>\uXXXX</c>. Texts of the cloud may
/// hold them to make one line of a log look like another.
/// </summary>
internal sealed class VisibleText : LogEventPropertyValueRewriter<bool>
{
    private static readonly VisibleText Rewriter = new();

    /// <summary>The event with every text among its fields made visible and kept on one line.</summary>
    public static LogEvent Of(LogEvent logEvent) => new(
        logEvent.Timestamp,
        logEvent.Level,
        logEvent.Exception,
        logEvent.MessageTemplate,
        logEvent.Properties.Select(property => new LogEventProperty(property.Key, Rewriter.Visit(false, property.Value))));

    /// <summary>Writes a text with hidden characters escaped.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kept">Control characters that are written as they are.</param>
    /// <param name="output">Where to.</param>
    public static void Write(ReadOnlySpan<char> text, ReadOnlySpan<char> kept, TextWriter output)
    {
        Span<char> buffer = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            var characters = buffer[..rune.EncodeToUtf16(buffer)];
            if (!HiddenCharacter.Is(rune) || kept.Contains(characters[0]))
            {
                output.Write(characters);
                continue;
            }

            foreach (var character in characters)
            {
                output.Write(HiddenCharacter.Escaped(character));
            }
        }
    }

    /// <inheritdoc/>
    protected override LogEventPropertyValue VisitScalarValue(bool state, ScalarValue scalar)
    {
        if (scalar.Value is not string text)
        {
            return scalar;
        }

        using var visible = new StringWriter(CultureInfo.InvariantCulture);
        Write(text, kept: [], visible);
        return new ScalarValue(visible.ToString());
    }
}
