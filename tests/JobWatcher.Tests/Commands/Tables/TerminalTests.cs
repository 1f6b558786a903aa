namespace JobWatcher.Tests.Commands.Tables;

public sealed class TerminalTests
{
    [Fact]
    public void Progress_takes_the_place_of_what_was_shown_before()
    {
        using var screen = new Screen(width: 80, showsProgress: true);

        screen.Terminal.Progress("listing prod");
        screen.Terminal.Progress("");

        Assert.Equal("\r\u001B[Klisting prod\r\u001B[K", screen.Error);
        Assert.Empty(screen.Output);
    }

    [Fact]
    public void A_pipe_gets_no_progress()
    {
        using var screen = new Screen(width: 80, showsProgress: false);

        screen.Terminal.Progress("listing prod");

        Assert.Empty(screen.Error);
    }
}
