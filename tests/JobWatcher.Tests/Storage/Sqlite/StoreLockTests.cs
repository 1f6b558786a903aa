using System.Diagnostics;
using JobWatcher.Storage;

namespace JobWatcher.Tests.Storage.Sqlite;

public sealed class StoreLockTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();

    [Fact]
    public async Task A_second_user_of_a_store_is_told_that_it_is_in_use()
    {
        var first = await _temp.OpenAsync();

        var fault = await Assert.ThrowsAsync<StoreException>(() => _temp.OpenAsync());

        Assert.Equal(
            $"The store {_temp.Path} is in use by another process: end that one, "
            + "or give this one a store.path of its own.",
            fault.Message);
        await first.CheckAsync(CancellationToken.None);
    }

    [Fact]
    public async Task The_next_user_gets_in_when_the_first_is_done()
    {
        await using (await _temp.OpenAsync())
        {
        }

        await using var next = await _temp.OpenAsync();

        await next.CheckAsync(CancellationToken.None);
    }

    [Fact]
    public async Task The_lock_dies_with_its_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "flock(1) is a program of Linux.");
        using var holder = Process.Start(new ProcessStartInfo("flock")
        {
            ArgumentList = { "--no-fork", _temp.Path + ".lock", "sh", "-c", "echo locked; exec cat" },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("locked", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<StoreException>(() => _temp.OpenAsync());

        holder.Kill();
        await holder.WaitForExitAsync(TestContext.Current.CancellationToken);

        await _temp.OpenAsync();
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
