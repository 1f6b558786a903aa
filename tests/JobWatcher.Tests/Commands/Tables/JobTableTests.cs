using JobWatcher.Commands.Tables;
using JobWatcher.Reporting;

namespace JobWatcher.Tests.Commands.Tables;

public sealed class JobTableTests
{
    private static readonly JobItem Plain = new()
    {
        Target = "prod",
        JobId = "dff1d289-4d03-4942-8b9f-463ea07c000d",
        JobName = "RebootGaussDBforMySQLInstance",
        Status = "Failed",
        ProgressPercent = 30,
        InstanceName = "orders",
        CreatedTime = new DateTime(2024, 5, 6, 11, 0, 0, DateTimeKind.Utc),
        DurationSeconds = 95,
        FailReason = "Single task exception.",
    };

    [Fact]
    public void A_narrow_terminal_shows_what_tells_jobs_apart()
    {
        using var screen = new Screen(width: 80);

        JobTable.Write([Plain], screen.Terminal);

        Assert.Equal(
            [
                "TARGET  CREATED (UTC)        STATUS  JOB                            INSTANCE",
                "prod    2024-05-06 11:00:00  Failed  RebootGaussDBforMySQLInstance  orders",
            ],
            screen.Lines);
    }

    [Fact]
    public void A_wider_terminal_shows_progress_time_and_reason_too()
    {
        using var screen = new Screen(width: 160);

        JobTable.Write([Plain], screen.Terminal);

        Assert.EndsWith("DONE  TOOK   JOB                            INSTANCE  REASON", screen.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith(
            "30%   1m35s  RebootGaussDBforMySQLInstance  orders    Single task exception.", screen.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_gets_everything()
    {
        var reason = $"({new string('x', 180)})";
        using var screen = new Screen(width: null);

        JobTable.Write([Plain with { FailReason = reason }], screen.Terminal);

        Assert.Equal(2, screen.Lines.Count);
        Assert.EndsWith($"{reason}  {Plain.JobId}", screen.Lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(160)]
    [InlineData(220)]
    [InlineData(null)]
    public void No_text_of_the_cloud_breaks_a_row_or_leaves_the_terminal(int? width)
    {
        var hostile = "a\nb\r\tc\u001B[31md\u001B[2J\u202Etxt.exe\u2028e\u0085" + new string('宽', 150);
        var job = Plain with
        {
            JobId = hostile, JobName = hostile, Status = hostile, InstanceName = hostile, FailReason = hostile,
        };
        using var screen = new Screen(width);

        JobTable.Write([Plain, job, Plain], screen.Terminal);

        Assert.Equal(4, screen.Lines.Count);
        Assert.DoesNotContain(screen.Output, character => character != '\n' && char.IsControl(character));
        Assert.DoesNotContain(screen.Output, character => character is '\u202E' or '\u2028');
        Assert.All(screen.Lines, line => Assert.Equal(line.TrimEnd(), line));
        Assert.All(screen.Lines, line => Assert.InRange(Screen.CellsOf(line), 0, width ?? int.MaxValue));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(160)]
    public void A_target_of_a_long_name_does_not_break_a_row(int width)
    {
        using var screen = new Screen(width);

        JobTable.Write([Plain with { Target = new string('t', 63) }], screen.Terminal);

        Assert.Equal(2, screen.Lines.Count);
        Assert.All(screen.Lines, line => Assert.InRange(Screen.CellsOf(line), 0, width));
        Assert.Contains("Failed", screen.Lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(160)]
    [InlineData(null)]
    public void Wide_characters_keep_the_columns_aligned(int? width)
    {
        using var screen = new Screen(width);

        JobTable.Write(
            [Plain with { JobName = "重启数据库实例", InstanceName = "one" }, Plain with { InstanceName = "two" }], screen.Terminal);

        var column = Screen.CellOf(screen.Lines[0], "INSTANCE");
        Assert.Equal(column, Screen.CellOf(screen.Lines[1], "one"));
        Assert.Equal(column, Screen.CellOf(screen.Lines[2], "two"));
    }

    [Fact]
    public void What_is_not_known_is_a_dash()
    {
        var bare = new JobItem { Target = "prod", JobId = "a", JobName = "b", Status = "Pending" };
        using var screen = new Screen(width: null);

        JobTable.Write([bare], screen.Terminal);

        Assert.Equal(
            ["prod", "-", "Pending", "-", "-", "b", "-", "-", "a"], screen.Lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void An_instance_without_a_name_is_shown_by_its_id()
    {
        using var screen = new Screen(width: 80);

        JobTable.Write([Plain with { InstanceName = null, InstanceId = "1234in07" }], screen.Terminal);

        Assert.EndsWith("  1234in07", screen.Lines[1], StringComparison.Ordinal);
    }
}
