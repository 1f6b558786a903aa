using System.Globalization;
using JobWatcher.Text;
using Serilog.Events;
using Serilog.Formatting;

namespace JobWatcher.Reporting;

/// <summary>Formats events so that no text of the cloud can pass for something else on a screen.</summary>
internal sealed class VisibleTextFormatter : ITextFormatter
{
    private const string LineEnds = "\r\n\t";
    private const char ThemeEscape = '\u001B';

    private readonly ITextFormatter _inner;
    private readonly string _kept;
    private readonly bool _isJson;

    private VisibleTextFormatter(ITextFormatter inner, string kept, bool isJson)
    {
        _inner = inner;
        _kept = kept;
        _isJson = isJson;
    }

    /// <summary>For a formatter of JSON: its escapes are JSON's own, so that the fields keep their values.</summary>
    public static VisibleTextFormatter OfJson(ITextFormatter inner) => new(inner, LineEnds, isJson: true);

    /// <summary>For a formatter of text, in whose output only the fields' texts can be told from its own escapes before.</summary>
    /// <param name="inner">The formatter.</param>
    /// <param name="isThemed">Whether it writes a terminal's escapes.</param>
    public static VisibleTextFormatter OfText(ITextFormatter inner, bool isThemed) =>
        new(inner, isThemed ? LineEnds + ThemeEscape : LineEnds, isJson: false);

    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        _inner.Format(_isJson ? logEvent : VisibleText.Of(logEvent), line);
        VisibleText.Write(line.ToString(), _kept, output);
    }
}
