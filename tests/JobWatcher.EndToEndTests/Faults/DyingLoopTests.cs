using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;
using Microsoft.Data.Sqlite;

namespace JobWatcher.EndToEndTests.Faults;

/// <summary>A service that lacks a part of itself does not go on as if it watched.</summary>
public sealed class DyingLoopTests
{
    [Fact]
    public async Task A_reporter_that_dies_of_an_unreadable_row_ends_the_process_with_code_1_and_one_fatal_line()
    {
        await using var cloud = await Cloud.StartAsync();
        await using var watcher = await Watcher.StartAsync(cloud.Watched("prod"));
        await watcher.TellsAsync("TargetBaselined");
        await SpoilAsync(watcher.StorePath);

        await cloud.PutAsync(new CloudJob());

        Assert.Equal(1, await watcher.Program.WaitForExitAsync(Eventually.Deadline));
        var fatal = Assert.Single(watcher.Events, logged => logged.Text("@l") == "Fatal");
        Assert.Equal("Fatal", fatal.Name);
        Assert.Equal("the reporting of transitions", fatal.Text("Part"));
        Assert.Empty(watcher.Program.Error.All);
    }

    // The labels are JSON, and nobody but the watcher writes them: it cannot know what to do about others.
    private static async Task SpoilAsync(string path)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            CREATE TRIGGER spoils AFTER INSERT ON transitions
            BEGIN
                UPDATE transitions SET labels = 'spoilt' WHERE target = new.target AND sequence = new.sequence;
            END
            """;
        await command.ExecuteNonQueryAsync();
    }
}
