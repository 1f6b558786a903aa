using System.Text.Json;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Reporting;
using JobWatcher.Storage;
using Microsoft.Extensions.Time.Testing;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Reporting;

public sealed class TransitionEventTests
{
    private static readonly string[] ContractsKeys =
    [
        "TransitionId", "Target", "ProjectId", "Region", "JobId", "JobName", "FromStatus", "ToStatus", "InstanceId",
        "InstanceName", "InstanceStatus", "OrderId", "Process", "ProgressPercent", "CreatedTime", "EndedTime",
        "DurationSeconds", "FailReason", "ObservedTime", "Labels",
    ];

    [Theory]
    [InlineData("None", "Running")]
    [InlineData("Running", "Completed")]
    [InlineData("Running", "None")]
    public void An_event_has_the_contracts_keys_and_no_others(string from, string to)
    {
        var json = JsonOf(Steps.Of(new JobStatus(from), new JobStatus(to)));

        string[] expected = ["@t", "@m", "@l", "EventId", "SourceContext", .. ContractsKeys];
        Assert.Equal(expected.Order(), JsonLine.KeysOf(json).Order());
    }

    [Fact]
    public void Texts_are_texts()
    {
        var json = JsonOf(Steps.Full);

        Assert.Equal(
            [
                Steps.Full.Id.Value, "prod", "619d3e78f61b4be68bc5aa0b59edcf7b", "cn-north-4",
                "31a4c5ff-1b5a-4c5e-9f0e-3f0d1f0a0001", "RebootGaussDBforMySQLInstance", "Running", "Failed",
                "a1b2c3d4e5f60718293a4b5c6d7e8f90in07", "orders", "abnormal", "CS2405061200ABCDE", "70%",
            ],
            ContractsKeys[..13].Select(key => json.GetProperty(key).GetString()));
        Assert.Equal("Single task exception.", json.GetProperty("FailReason").GetString());
    }

    [Fact]
    public void Numbers_are_numbers()
    {
        var json = JsonOf(Steps.Full);

        Assert.Equal(70, json.GetProperty("ProgressPercent").GetDouble());
        Assert.Equal(90.5, json.GetProperty("DurationSeconds").GetDouble());
    }

    [Theory]
    [InlineData("CreatedTime", "2024-05-06T11:00:00.0000000Z")]
    [InlineData("EndedTime", "2024-05-06T11:01:30.5000000Z")]
    [InlineData("ObservedTime", "2024-05-06T12:00:00.1250000Z")]
    [InlineData("@t", "2024-05-06T12:00:01.0000000Z")]
    public void Times_are_RFC_3339_in_UTC(string key, string value) =>
        Assert.Equal(value, JsonOf(Steps.Full).GetProperty(key).GetString());

    [Fact]
    public void Labels_are_an_object()
    {
        var labels = JsonOf(Steps.Full).GetProperty("Labels");

        Assert.Equal("{\"team\":\"payments\"}", labels.GetRawText());
    }

    [Fact]
    public void What_is_not_known_is_null()
    {
        var json = JsonOf(Steps.Bare);

        Assert.All(
            [
                "InstanceId", "InstanceName", "InstanceStatus", "OrderId", "Process", "ProgressPercent", "CreatedTime",
                "EndedTime", "DurationSeconds", "FailReason",
            ],
            key => Assert.Equal(JsonValueKind.Null, json.GetProperty(key).ValueKind));
    }

    [Theory]
    [InlineData("None", "Pending", 1001, "JobAppeared", "Information")]
    [InlineData("None", "Failed", 1001, "JobAppeared", "Error")]
    [InlineData("None", "Canceled", 1001, "JobAppeared", "Information")]
    [InlineData("Pending", "Running", 1002, "JobStatusChanged", "Information")]
    [InlineData("Running", "Completed", 1002, "JobStatusChanged", "Information")]
    [InlineData("Running", "Failed", 1002, "JobStatusChanged", "Error")]
    [InlineData("Completed", "Failed", 1002, "JobStatusChanged", "Error")]
    [InlineData("Pending", "Canceled", 1002, "JobStatusChanged", "Warning")]
    [InlineData("Failed", "Running", 1002, "JobStatusChanged", "Warning")]
    [InlineData("Running", "None", 1003, "JobVanished", "Warning")]
    public void An_event_is_known_by_its_id_and_level(string from, string to, int id, string name, string level)
    {
        var json = JsonOf(Steps.Of(new JobStatus(from), new JobStatus(to)));

        Assert.Equal($$"""{"Id":{{id}},"Name":"{{name}}"}""", json.GetProperty("EventId").GetRawText());
        Assert.Equal(level, json.GetProperty("@l").GetString());
        Assert.StartsWith("JobWatcher", json.GetProperty("SourceContext").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders", "a1b2in07", "Reboot on orders went from Pending to Running.")]
    [InlineData(null, "a1b2in07", "Reboot on a1b2in07 went from Pending to Running.")]
    [InlineData(null, null, "Reboot a went from Pending to Running.")]
    public void The_sentence_names_the_instance_as_well_as_it_is_known(string? name, string? id, string sentence)
    {
        var step = Steps.Bare with
        {
            Transition = Steps.Bare.Transition with
            {
                Job = Job("a", JobStatus.Running) with { JobName = "Reboot", InstanceName = name, InstanceId = id },
            },
        };

        Assert.Equal(sentence, JsonOf(step).GetProperty("@m").GetString());
    }

    [Theory]
    [InlineData("None", "Running", "RebootGaussDBforMySQLInstance a appeared as Running.")]
    [InlineData("Running", "None", "RebootGaussDBforMySQLInstance a is no longer listed, though it was Running.")]
    public void Other_kinds_have_sentences_of_their_own(string from, string to, string sentence) => Assert.Equal(
        sentence, JsonOf(Steps.Of(new JobStatus(from), new JobStatus(to))).GetProperty("@m").GetString());

    private static JsonElement JsonOf(CommittedTransition step)
    {
        var log = new CapturedLog();
        using var audit = log.Audit();

        new TransitionLogger(audit, new FakeTimeProvider(Noon.AddSeconds(1))).Write(step);

        return JsonLine.Of(Assert.Single(log.Events));
    }
}
