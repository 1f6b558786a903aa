using CsCheck;
using JobWatcher.Commands.Tables;

namespace JobWatcher.Tests.Commands.Tables;

public sealed class TextTableTests
{
    private static readonly TextColumn[] Columns = [new("NAME", IsElastic: true), new("STATE"), new("REASON", IsElastic: true)];

    private static readonly Gen<string> Words = Gen.OneOf(
        Gen.Const("-"), Gen.Char["ab 数据库é[]/."].Array[1, 120].Select(text => $"<{new string(text)}>"));

    [Fact]
    public void Columns_begin_under_their_headings()
    {
        using var screen = new Screen(width: 80);

        TextTable.Write(Columns, [["orders", "ok", "-"], ["a", "FAILED", "no disk"]], screen.Terminal);

        Assert.Equal(
            [
                "NAME    STATE   REASON",
                "orders  ok      -",
                "a       FAILED  no disk",
            ],
            screen.Lines);
    }

    [Fact]
    public void Without_rows_the_headings_are_left()
    {
        using var screen = new Screen(width: 80);

        TextTable.Write(Columns, [], screen.Terminal);

        Assert.Equal(["NAME  STATE  REASON"], screen.Lines);
    }

    [Fact]
    public void What_looks_like_markup_is_shown_as_it_is()
    {
        using var screen = new Screen(width: null);

        TextTable.Write(Columns, [["[red]a[/]", "[[", ":fire:"]], screen.Terminal);

        Assert.Equal("[red]a[/]  [[     :fire:", screen.Lines[1]);
    }

    [Fact]
    public void A_cell_that_is_cut_ends_in_an_ellipsis()
    {
        using var screen = new Screen(width: 40);

        TextTable.Write(Columns, [["orders", "ok", new string('x', 60)]], screen.Terminal);

        Assert.Equal($"orders  ok     {new string('x', 24)}…", screen.Lines[1]);
    }

    [Theory]
    [InlineData("数据库数据库数据库数据库", "数据库数据库数据库数…")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀…")]
    [InlineData("e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", null)]
    public void A_cell_is_cut_between_characters_by_what_they_take_on_screen(string text, string? shown)
    {
        using var screen = new Screen(width: 21);

        TextTable.Write([new TextColumn("N", IsElastic: true)], [[text]], screen.Terminal);

        Assert.Equal(shown ?? text, screen.Lines[1]);
    }

    [Fact]
    public void Any_table_has_a_line_a_row_that_fits_the_terminal() =>
        Gen.Select(Gen.Select(Words, Words).Array[0, 6], Gen.Int[40, 200]).Sample((rows, width) =>
        {
            using var screen = new Screen(width);

            TextTable.Write(Columns, [.. rows.Select(row => (string[])[row.Item1, "ok", row.Item2])], screen.Terminal);

            Assert.Equal(rows.Length + 1, screen.Lines.Count);
            Assert.All(screen.Lines, line => Assert.InRange(Screen.CellsOf(line), 0, width));
            Assert.All(screen.Lines, line => Assert.Equal(line.TrimEnd(), line));
        });

    [Fact]
    public void Any_table_in_a_pipe_has_a_line_a_row_with_nothing_cut() =>
        Gen.Select(Words, Words).Array[0, 6].Sample(rows =>
        {
            using var screen = new Screen(width: null);

            TextTable.Write(Columns, [.. rows.Select(row => (string[])[row.Item1, "ok", row.Item2])], screen.Terminal);

            Assert.Equal(rows.Length + 1, screen.Lines.Count);
            Assert.All(screen.Lines.Skip(1).Zip(rows), shown =>
            {
                Assert.StartsWith(shown.Second.Item1, shown.First, StringComparison.Ordinal);
                Assert.EndsWith(shown.Second.Item2, shown.First, StringComparison.Ordinal);
            });
        });
}
