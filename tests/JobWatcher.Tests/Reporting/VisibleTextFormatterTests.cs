using System.Globalization;
using CsCheck;
using JobWatcher.Reporting;
using Serilog.Events;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Reporting;

public sealed class VisibleTextFormatterTests
{
    private const string Hostile = "x\"\\{JobId}\n\r\t\0\u001b[2J\u007f\u0085\u009b31m\u202e\u2028\ufeff\ue000\u0378\U000E0041é 😀";

    [Fact]
    public void A_hostile_text_comes_out_as_one_line_of_JSON_with_its_value_kept()
    {
        var logEvent = EventNaming(Hostile);

        var line = JsonLine.TextOf(logEvent);

        Assert.Equal(Hostile, JsonLine.Of(logEvent).GetProperty("InstanceName").GetString());
        Assert.DoesNotContain(line.TrimEnd('\n'), IsHidden);
        Assert.Contains("\\u202e", line, StringComparison.Ordinal);
        Assert.Contains("\\u0378", line, StringComparison.Ordinal);
        Assert.Contains("\\udb40\\udc41", line, StringComparison.Ordinal);
        Assert.Contains("é 😀", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_comes_out_as_one_line_of_JSON() => Gen.String.Sample(text =>
        Assert.DoesNotContain(JsonLine.TextOf(EventNaming(text)).TrimEnd('\n'), IsHidden));

    [Fact]
    public void A_hostile_text_stays_on_its_line_of_text()
    {
        var text = TextOf(EventNaming(Hostile), isTerminal: false);

        Assert.Equal(1, text.Count(character => character == '\n'));
        Assert.DoesNotContain(text.TrimEnd('\n'), IsHidden);
        Assert.Contains("\\u000a", text, StringComparison.Ordinal);
        Assert.Contains("\\u202e", text, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_only_the_theme_writes_escapes()
    {
        var text = TextOf(EventNaming(Hostile), isTerminal: true);

        Assert.DoesNotContain("\u001b[2J", text, StringComparison.Ordinal);
        Assert.Contains("\\u001b[2J", text, StringComparison.Ordinal);
        Assert.Contains("\u001b[", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exceptions_text_keeps_its_lines_and_shows_what_is_hidden()
    {
        var logEvent = new LogEvent(
            Noon, LogEventLevel.Error, new IOException("one\ntwo\u202e\u001b[2J"), MessageTemplate.Empty, []);

        var text = TextOf(logEvent, isTerminal: false);

        Assert.Contains("one\ntwo\\u202e\\u001b[2J", text, StringComparison.Ordinal);
    }

    private static bool IsHidden(char character) => CharUnicodeInfo.GetUnicodeCategory(character) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or
        UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;

    private static LogEvent EventNaming(string instance) => TransitionEvent.Of(
        Steps.Full with
        {
            Transition = Steps.Full.Transition with { Job = Steps.Full.Transition.Job with { InstanceName = instance } },
        },
        Noon);

    private static string TextOf(LogEvent logEvent, bool isTerminal)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        LogOutput.Formatter(json: false, isTerminal).Format(logEvent, output);
        return output.ToString();
    }
}
