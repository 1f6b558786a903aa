using JobWatcher.Commands;
using JobWatcher.Hosting;
using JobWatcher.Tests.Commands.Tables;
using JobWatcher.Tests.Storage;
using JobWatcher.Tests.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.Tests.Commands;

/// <summary>What <c>backup</c> and <c>restore</c> tell.</summary>
public sealed class BackupCommandTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly MemoryStream _pipe = new();

    private string Backup => Path.Combine(_temp.Folder, "backup");

    [Fact]
    public async Task A_backup_tells_on_standard_error_what_it_holds()
    {
        await FillAsync();

        var (code, screen) = await BackUpAsync(Backup);

        Assert.Equal(ExitCode.Done, code);
        Assert.Matches($"^Backed up 1 target and 2 transitions \\([0-9.]+ kB\\) to {Backup}\\.$", Assert.Single(screen.ErrorLines));
        Assert.Empty(screen.Output);
    }

    [Fact]
    public async Task A_backup_into_a_pipe_can_be_restored_from_one()
    {
        await FillAsync();

        var (code, screen) = await BackUpAsync("-");
        var (restored, told) = await RestoreAsync("-", () => new MemoryStream(_pipe.ToArray()));

        Assert.Equal(ExitCode.Done, code);
        Assert.EndsWith(" to standard output.", Assert.Single(screen.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, restored);
        Assert.StartsWith("Restored 1 target and 2 transitions", told.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_is_for_a_terminal()
    {
        await FillAsync();

        var (backup, shown) = await BackUpAsync("-", width: 80);
        var (restore, asked) = await RestoreAsync("-", openInput: null);

        Assert.Equal(ExitCode.BadUsage, backup);
        Assert.StartsWith("--output: ", Assert.Single(shown.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadUsage, restore);
        Assert.StartsWith("FILE: ", Assert.Single(asked.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(0, _pipe.Length);
    }

    [Fact]
    public async Task A_pipe_that_breaks_is_a_backup_that_failed()
    {
        await FillAsync();
        await _pipe.DisposeAsync();
        using var screen = new Screen(width: null);

        var code = await BackupCommand.RunAsync(_temp.Path, "-", screen.Terminal, () => new BrokenPipe(), CancellationToken.None);

        Assert.Equal(ExitCode.Failed, code);
        Assert.StartsWith(
            "The backup cannot be written to standard output (Broken pipe)", Assert.Single(screen.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_tells_what_it_put_where_and_what_it_kept()
    {
        await FillAsync();
        await BackUpAsync(Backup);

        var (code, screen) = await RestoreAsync(Backup);

        Assert.Equal(ExitCode.Done, code);
        Assert.Matches($"^Restored 1 target and 2 transitions \\([0-9.]+ kB\\) to {_temp.Path}\\.$", screen.Lines[0]);
        Assert.Equal(
            $"The store that was there is kept as {_temp.Path}.replaced-20240506T120000Z: restore that to go back, or delete it.",
            screen.Lines[1]);
        Assert.Empty(screen.Error);
    }

    [Fact]
    public async Task What_fails_is_one_line_and_the_store_stays()
    {
        await FillAsync();

        var (code, screen) = await RestoreAsync(Backup);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Equal([$"There is no backup {Backup}: name another file."], screen.ErrorLines);
        Assert.Empty(screen.Output);
    }

    [Fact]
    public async Task Progress_goes_away_before_the_last_word()
    {
        await FillAsync();

        var (_, screen) = await BackUpAsync(Backup, showsProgress: true);

        Assert.Matches("^\r\u001B\\[Kcopying the store\r\u001B\\[KBacked up ", screen.Error);
    }

    public async ValueTask DisposeAsync()
    {
        await _temp.DisposeAsync();
        await _pipe.DisposeAsync();
    }

    private async Task FillAsync()
    {
        await using var store = await _temp.OpenAsync();
        await store.AppearAsync("prod", Make.Noon, "a", "b");
    }

    private async Task<(int Code, Screen Screen)> BackUpAsync(string file, int? width = null, bool showsProgress = false)
    {
        using var screen = new Screen(width, showsProgress);
        var code = await BackupCommand.RunAsync(_temp.Path, file, screen.Terminal, () => _pipe, CancellationToken.None);
        return (code, screen);
    }

    private async Task<(int Code, Screen Screen)> RestoreAsync(string file, Func<Stream>? openInput = null)
    {
        using var screen = new Screen(width: null);
        var code = await RestoreCommand.RunAsync(
            _temp.Path, file, screen.Terminal, openInput, new FakeTimeProvider(Make.Noon), CancellationToken.None);
        return (code, screen);
    }

    private sealed class BrokenPipe : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("Broken pipe");
    }
}
