using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Help_shows_the_commands_and_where_the_configuration_comes_from()
    {
        var start = await RefusedStart.InAsync(_folder, null, "--help");

        Assert.Equal(0, start.ExitCode);
        Assert.Empty(start.Faults);
        Assert.Contains(start.Output, line => line.Contains("  run ", StringComparison.Ordinal));
        Assert.Contains(start.Output, line =>
            line.Contains("--config", StringComparison.Ordinal) && line.Contains("JOBWATCHER_CONFIG", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Version_shows_one_line()
    {
        var start = await RefusedStart.InAsync(_folder, null, "--version");

        Assert.Equal(0, start.ExitCode);
        Assert.Empty(start.Faults);
        Assert.Matches(@"^\d+\.\d+\.\d+", Assert.Single(start.Output));
    }

    [Theory]
    [InlineData("--intervall")]
    [InlineData("walk")]
    public async Task What_nobody_knows_is_named_and_refused(string argument)
    {
        var start = await RefusedStart.InAsync(_folder, null, argument);

        Assert.Equal(2, start.ExitCode);
        Assert.Contains(start.Faults, fault => fault.Contains(argument, StringComparison.Ordinal));
        Assert.Contains(start.Faults, fault => fault.Contains("--help", StringComparison.Ordinal));
        Assert.Empty(start.Output);
    }

    public void Dispose() => _folder.Dispose();
}
