using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;
using Microsoft.Data.Sqlite;

namespace JobWatcher.EndToEndTests.Restarts;

/// <summary>The service goes at once when it is told to, and leaves a sound store.</summary>
public sealed class StopTests
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_stop_during_a_poll_ends_in_time_with_an_intact_store()
    {
        await using var cloud = await Cloud.StartAsync();
        await using var watcher = await Watcher.StartAsync(cloud.Watched("prod"));
        await watcher.TellsAsync("TargetBaselined");
        var job = new CloudJob();
        await cloud.PutAsync(job);
        await watcher.TellsAsync("JobAppeared", ("JobId", job.JobId));
        await cloud.FailAsync(new CloudFault { NeverAnswers = true });
        await Eventually.SeesAsync(async () => Assert.Equal(1, await cloud.UnansweredAsync()));

        var exitCode = await watcher.Program.StopAsync(StopTime);

        Assert.Equal(0, exitCode);
        Assert.Empty(watcher.Program.Error.All);
        Assert.Single(watcher.EventsOf("Stopping"));
        Assert.Equal("ok", Ask<string>(watcher.StorePath, "PRAGMA integrity_check"));
        Assert.Equal(1L, Ask<long>(watcher.StorePath, "SELECT COUNT(*) FROM transitions"));
    }

    [Fact]
    public async Task A_stop_before_the_first_poll_ends_in_time()
    {
        await using var cloud = await Cloud.StartAsync();
        await using var watcher = await Watcher.StartAsync(cloud.Watched("prod"));

        var exitCode = await watcher.Program.StopAsync(StopTime);

        Assert.Equal(0, exitCode);
        Assert.Equal("ok", Ask<string>(watcher.StorePath, "PRAGMA integrity_check"));
    }

    private static T Ask<T>(string path, string question)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The questions are this file's own.
        command.CommandText = question;
#pragma warning restore CA2100
        return (T)command.ExecuteScalar()!;
    }
}
