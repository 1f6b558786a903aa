using System.Globalization;
using System.Text;
using JobWatcher.Commands.Tables;

namespace JobWatcher.Tests.Commands.Tables;

/// <summary>A terminal, or a pipe, whose text can be read back.</summary>
internal sealed class Screen : IDisposable
{
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);
    private readonly StringWriter _error = new(CultureInfo.InvariantCulture);

    public Screen(int? width, bool showsProgress = false) => Terminal = new Terminal(_output, _error, width, showsProgress);

    public Terminal Terminal { get; }

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public IReadOnlyList<string> Lines => LinesOf(Output);

    public IReadOnlyList<string> ErrorLines => LinesOf(Error);

    /// <summary>How many cells a text takes: East Asian wide characters take two (Unicode annex 11).</summary>
    public static int CellsOf(string text) => text.EnumerateRunes().Sum(CellsOf);

    /// <summary>Where a part of a line begins, in cells.</summary>
    public static int CellOf(string line, string part) =>
        CellsOf(line[..line.IndexOf(part, StringComparison.Ordinal)]);

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private static int CellsOf(Rune rune) => rune.Value is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or
        (>= 0xFF01 and <= 0xFF60) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1;

    private static string[] LinesOf(string text)
    {
        Assert.True(text.Length == 0 || text.EndsWith('\n'), "The last line has no end.");
        return text.Length == 0 ? [] : text[..^1].Split('\n');
    }
}
