using CsCheck;
using JobWatcher.Commands.Tables;

namespace JobWatcher.Tests.Commands.Tables;

public sealed class ColumnWidthsTests
{
    private const int Least = 8;

    private static readonly Gen<(int[] Natural, bool[] Elastic, int Available)> Tables =
        from count in Gen.Int[1, 8]
        from natural in Gen.Int[0, 60].Array[count]
        from elastic in Gen.Bool.Array[count]
        from available in Gen.Int[-10, 300]
        select (natural, elastic, available);

    [Fact]
    public void The_widest_elastic_column_gives_way_first()
    {
        var widths = ColumnWidths.Fit([10, 30, 20], [false, true, true], available: 46);

        Assert.Equal([10, 18, 18], widths);
    }

    [Fact]
    public void Columns_are_never_wider_than_the_room_unless_all_elastic_ones_are_at_their_least() => Tables.Sample(table =>
    {
        var widths = ColumnWidths.Fit(table.Natural, table.Elastic, table.Available);

        return widths.Sum() <= table.Available
            || widths.Zip(table.Elastic).All(column => !column.Second || column.First <= Least);
    });

    [Fact]
    public void Columns_that_must_give_way_use_the_room_to_the_last_cell() => Tables.Sample(table =>
    {
        var widths = ColumnWidths.Fit(table.Natural, table.Elastic, table.Available);

        return widths.SequenceEqual(table.Natural) || widths.Sum() >= table.Available;
    });

    [Fact]
    public void Columns_are_as_wide_as_they_want_where_there_is_room() => Tables.Sample(table =>
        ColumnWidths.Fit(table.Natural, table.Elastic, table.Natural.Sum()).SequenceEqual(table.Natural));

    [Fact]
    public void Inelastic_columns_and_narrow_ones_keep_their_width() => Tables.Sample(table =>
    {
        var widths = ColumnWidths.Fit(table.Natural, table.Elastic, table.Available);

        return Enumerable.Range(0, widths.Count).All(index =>
            table.Elastic[index]
                ? widths[index] >= Math.Min(Least, table.Natural[index]) && widths[index] <= table.Natural[index]
                : widths[index] == table.Natural[index]);
    });
}
