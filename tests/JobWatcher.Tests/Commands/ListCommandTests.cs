using System.Text.Json;
using JobWatcher.Hosting;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Tests.Commands;

public sealed class ListCommandTests : IAsyncLifetime
{
    private static readonly SimulatedJob Failed =
        SimulatedJob.Pending("RebootGaussDBforMySQLInstance", CommandRig.Created, "failed-job")
            .Failed(CommandRig.Created.AddSeconds(90), "no space on <disk>");

    private static readonly SimulatedJob Running =
        SimulatedJob.Pending("CreateGaussDBforMySQLInstance", CommandRig.Created.AddMinutes(1), "running-job").Running("30%");

    private static readonly SimulatedJob Elsewhere =
        SimulatedJob.Pending("CreateGaussDBforMySQLInstance", CommandRig.Created, "job-elsewhere");

    private CommandRig _rig = null!;

    public async ValueTask InitializeAsync()
    {
        _rig = await CommandRig.CreateAsync();
        _rig.Put("prod", Failed, Running);
        _rig.Put("test", Elsewhere);
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task A_table_has_a_line_a_job_of_each_target()
    {
        var code = await _rig.ListAsync();

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(4, _rig.Screen.Lines.Count);
        Assert.Single(_rig.Screen.Lines, line => Shows(line, "prod", "failed-job"));
        Assert.Single(_rig.Screen.Lines, line => Shows(line, "prod", "running-job"));
        Assert.Single(_rig.Screen.Lines, line => Shows(line, "test", "job-elsewhere"));
        Assert.Empty(_rig.Screen.Error);
        _rig.AssertNothingSecret();
    }

    [Fact]
    public async Task A_json_item_has_all_that_is_known_of_a_job()
    {
        var code = await _rig.ListAsync(status: "Failed", isJson: true);

        Assert.Equal(ExitCode.Done, code);
        var item = Assert.Single(Items());
        Assert.Equal(
            [
                "target", "jobId", "jobName", "status", "process", "progressPercent", "instanceId", "instanceName",
                "instanceStatus", "orderId", "createdTime", "endedTime", "durationSeconds", "failReason",
            ],
            item.EnumerateObject().Select(field => field.Name));
        Assert.Equal("prod", item.GetProperty("target").GetString());
        Assert.Equal("no space on <disk>", item.GetProperty("failReason").GetString());
        Assert.Equal(90, item.GetProperty("durationSeconds").GetDouble());
        Assert.EndsWith("Z", item.GetProperty("createdTime").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_json_item_has_its_keys_even_where_nothing_is_known()
    {
        await _rig.ListAsync(target: "test", isJson: true);

        var item = Assert.Single(Items());
        Assert.Equal(JsonValueKind.Null, item.GetProperty("endedTime").ValueKind);
        Assert.Equal(JsonValueKind.Null, item.GetProperty("progressPercent").ValueKind);
    }

    [Theory]
    [InlineData(null, null, null, "failed-job job-elsewhere running-job")]
    [InlineData("prod", null, null, "failed-job running-job")]
    [InlineData(null, "Failed", null, "failed-job")]
    [InlineData(null, null, "CreateGaussDBforMySQLInstance", "job-elsewhere running-job")]
    [InlineData("prod", "Running", "CreateGaussDBforMySQLInstance", "running-job")]
    [InlineData("test", "Failed", null, "")]
    public async Task Filters_select_together(string? target, string? status, string? jobName, string jobs)
    {
        var code = await _rig.ListAsync(target, status, jobName, isJson: true);

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(
            jobs, string.Join(' ', Items().Select(item => item.GetProperty("jobId").GetString()).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_target_that_nobody_configured_is_bad_usage_and_asks_nobody()
    {
        var code = await _rig.ListAsync(target: "prd");

        Assert.Equal(ExitCode.BadUsage, code);
        Assert.Equal(["--target: no target has this name; there are prod, test"], _rig.Screen.ErrorLines);
        Assert.Empty(_rig.Screen.Output);
        Assert.Equal(0, _rig.Requests);
    }

    [Fact]
    public async Task A_target_that_fails_is_told_while_the_others_are_listed()
    {
        _rig.Break("prod", new Fault { Status = 403, ErrorCode = "APIGW.0302", ErrorMsg = "not\nyou \u001B[31m" });

        var code = await _rig.ListAsync(isJson: true);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Equal("job-elsewhere", Assert.Single(Items()).GetProperty("jobId").GetString());
        var told = Assert.Single(_rig.Screen.ErrorLines);
        Assert.StartsWith("prod: ", told, StringComparison.Ordinal);
        Assert.Contains("APIGW.0302", told, StringComparison.Ordinal);
        Assert.DoesNotContain(told, char.IsControl);
        _rig.AssertNothingSecret();
    }

    [Fact]
    public async Task A_listing_that_does_not_add_up_is_shown_and_told()
    {
        _rig.Break("prod", new Fault { TotalCountOffset = 3 });

        var code = await _rig.ListAsync(target: "prod", isJson: true);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Equal(2, Items().Count);
        Assert.Equal(["prod: the listing does not add up: 2 jobs were listed of 5"], _rig.Screen.ErrorLines);
    }

    private static bool Shows(string line, string target, string jobId) =>
        line.StartsWith($"{target} ", StringComparison.Ordinal) && line.EndsWith($" {jobId}", StringComparison.Ordinal);

    private List<JsonElement> Items() =>
        [.. JsonSerializer.Deserialize<JsonElement>(_rig.Screen.Output).EnumerateArray()];
}
