using System.Globalization;
using System.Text.Json;
using JobWatcher.Commands;
using JobWatcher.Commands.Tables;
using JobWatcher.Hosting;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;
using JobWatcher.Storage;
using JobWatcher.Tests.Commands.Tables;
using JobWatcher.Tests.Storage;
using JobWatcher.Tests.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.Tests.Commands;

public sealed class HistoryCommandTests : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly TempStore _temp = new();
    private readonly FakeTimeProvider _time = new(Make.Noon.AddHours(1));

    [Fact]
    public async Task A_table_has_a_line_a_transition_with_the_newest_first()
    {
        await FillAsync();

        var (code, screen) = await RunAsync();

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(3, screen.Lines.Count);
        Assert.StartsWith("OBSERVED (UTC)", screen.Lines[0], StringComparison.Ordinal);
        Assert.Matches("^2024-05-06 12:30:00 +test +Running +Failed .*no space", screen.Lines[1]);
        Assert.Matches("^2024-05-06 12:00:00 +prod +None +Running ", screen.Lines[2]);
        Assert.Empty(screen.Error);
    }

    [Fact]
    public async Task Json_is_one_array_of_items_with_the_names_of_the_http_api()
    {
        await FillAsync();

        var (code, screen) = await RunAsync(isJson: true);

        Assert.Equal(ExitCode.Done, code);
        using var document = JsonDocument.Parse(screen.Output);
        var items = document.RootElement.EnumerateArray().ToList();
        Assert.Equal(["job-b", "job-a"], items.Select(item => item.GetProperty("jobId").GetString()));
        Assert.Equal(
            [
                "transitionId", "target", "projectId", "region", "jobId", "jobName", "fromStatus", "toStatus", "instanceId",
                "instanceName", "instanceStatus", "orderId", "process", "progressPercent", "createdTime", "endedTime",
                "durationSeconds", "failReason", "observedTime", "labels",
            ],
            items[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal("2024-05-06T12:30:00Z", items[0].GetProperty("observedTime").GetString());
        Assert.Equal("payments", items[1].GetProperty("labels").GetProperty("team").GetString());
        Assert.Equal(JsonValueKind.Null, items[1].GetProperty("endedTime").ValueKind);
    }

    [Fact]
    public async Task Json_looks_like_that_of_other_commands_however_many_pages_it_takes()
    {
        await using (var store = await _temp.OpenAsync())
        {
            await store.AppearAsync("prod", Make.Noon, [.. Enumerable.Range(0, 501).Select(number => $"job-{number}")]);
        }

        var (_, screen) = await RunAsync(isJson: true);

        using var document = JsonDocument.Parse(screen.Output);
        Assert.Equal(501, document.RootElement.GetArrayLength());
        var again = JsonSerializer.Serialize(document, Indented);
        Assert.Equal(again + "\n", screen.Output);
    }

    [Theory]
    [InlineData(true, null, "[]")]
    [InlineData(false, 80, "The store has no such transitions.")]
    [InlineData(false, null, "OBSERVED (UTC)  TARGET  FROM  TO  TOOK  JOB  INSTANCE  REASON  JOB ID")]
    public async Task Nothing_is_said_in_the_way_of_the_output(bool isJson, int? width, string expected)
    {
        await using (await _temp.OpenAsync())
        {
        }

        var (code, screen) = await RunAsync(isJson: isJson, width: width);

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal([expected], screen.Lines);
    }

    [Theory]
    [InlineData(29, "")]
    [InlineData(30, "job-b")]
    [InlineData(60, "job-b job-a")]
    [InlineData(int.MaxValue, "job-b job-a")]
    public async Task Since_reaches_back_from_now(int minutes, string expected)
    {
        await FillAsync();

        var (_, screen) = await RunAsync(isJson: true, since: TimeSpan.FromMinutes(minutes));

        using var document = JsonDocument.Parse(screen.Output);
        Assert.Equal(
            expected,
            string.Join(' ', document.RootElement.EnumerateArray().Select(item => item.GetProperty("jobId").GetString())));
    }

    [Fact]
    public async Task A_target_that_was_taken_out_has_its_history_still_and_a_new_one_has_none_yet()
    {
        await FillAsync();

        var (removed, shown) = await RunAsync(target: "test");
        var (added, none) = await RunAsync(target: "new");

        Assert.Equal(ExitCode.Done, removed);
        Assert.Equal(2, shown.Lines.Count);
        Assert.Equal(ExitCode.Done, added);
        Assert.Single(none.Lines);
    }

    [Fact]
    public async Task A_target_that_nobody_knows_is_bad_usage()
    {
        await FillAsync();

        var (code, screen) = await RunAsync(target: "prd");

        Assert.Equal(ExitCode.BadUsage, code);
        Assert.Equal(["--target: no target has this name; there are prod, new, test"], screen.ErrorLines);
        Assert.Empty(screen.Output);
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_told()
    {
        var (code, screen) = await RunAsync();

        Assert.Equal(ExitCode.Failed, code);
        Assert.StartsWith($"There is no store {_temp.Path}", Assert.Single(screen.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(screen.Output);
    }

    [Theory]
    // EPIPE and ENOSPC.
    [InlineData(32, ExitCode.Done, "")]
    [InlineData(28, ExitCode.Failed, "Standard output cannot be written (no more).\n")]
    public async Task A_reader_who_has_seen_enough_ends_it_quietly_and_a_full_disk_does_not(int error, int expected, string told)
    {
        await FillAsync();
        using var faults = new StringWriter(CultureInfo.InvariantCulture);
        await using var output = new StreamWriter(new ClosedStream(error)) { AutoFlush = true };

        var code = await HistoryCommand.RunAsync(
            _temp.Path,
            [],
            new HistoryOptions(Target: null, Status: null, JobName: null, Since: null, IsJson: false),
            new Terminal(output, faults, Width: null, ShowsProgress: false),
            _time,
            CancellationToken.None);

        Assert.Equal(expected, code);
        Assert.Equal(told, faults.ToString());
    }

    [Fact]
    public async Task Texts_of_the_cloud_stay_on_their_line_and_hide_nothing()
    {
        await using (var store = await _temp.OpenAsync())
        {
            var step = Make.Step("job\n\u001B[2Jid", Transition.NotListed, new JobStatus("Run\u202Ening\r"));
            await store.CommitAsync(new PollCommit
            {
                Target = await store.ReadTargetAsync(),
                Transitions = [step with { Job = step.Job with { FailReason = "a\u0007\nb", InstanceName = "\u001B]0;x\u0007" } }],
            });
        }

        var (_, table) = await RunAsync();
        var (_, json) = await RunAsync(isJson: true);

        Assert.Equal(2, table.Lines.Count);
        Assert.DoesNotContain(table.Lines[1], character => char.IsControl(character) || character == '\u202E');
        Assert.DoesNotContain(json.Output, character => (char.IsControl(character) && character != '\n') || character == '\u202E');
        Assert.Equal("job\n\u001B[2Jid", JsonDocument.Parse(json.Output).RootElement[0].GetProperty("jobId").GetString());
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    private async Task FillAsync()
    {
        await using var store = await _temp.OpenAsync();
        await store.AppearAsync("prod", Make.Noon, "job-a");
        var failed = Make.Step("job-b", JobStatus.Running, JobStatus.Failed);
        await store.CommitAsync(new PollCommit
        {
            Target = await store.ReadTargetAsync("test"),
            Transitions =
            [
                failed with { Job = failed.Job with { FailReason = "no space" }, ObservedTime = Make.Noon.AddMinutes(30) },
            ],
        });
    }

    private async Task<(int Code, Screen Screen)> RunAsync(
        string? target = null, bool isJson = false, TimeSpan? since = null, int? width = null)
    {
        using var screen = new Screen(width);
        var code = await HistoryCommand.RunAsync(
            _temp.Path,
            ["prod", "new"],
            new HistoryOptions(target, Status: null, JobName: null, since, isJson),
            screen.Terminal,
            _time,
            CancellationToken.None);
        return (code, screen);
    }

    private sealed class ClosedStream(int error) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("no more", error);

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    }
}
