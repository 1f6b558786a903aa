using System.Text.Json;
using System.Text.Json.Nodes;
using JobWatcher.Alerting.Receivers.Webhook;
using JobWatcher.Alerts;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using Json.Schema;
using static JobWatcher.Tests.Storage.Make;

namespace JobWatcher.Tests.Alerting.Receivers.Webhook;

/// <summary>Holds <c>docs/webhook.schema.json</c> and the code together.</summary>
public sealed class WebhookSchemaTests
{
    private static readonly string Page = ReferencePage.Read("webhook.schema.json");

    private static readonly JsonSchema Schema = JsonSchema.FromText(Page);

    private static readonly EvaluationOptions Strict = new()
    {
        RequireFormatValidation = true, OutputFormat = OutputFormat.List,
    };

    public static TheoryData<string> Samples => [.. All().Keys];

    [Fact]
    public void The_schema_names_the_fields_that_are_told_and_no_others()
    {
        var told = Data(All().Values.First()).EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal).ToList();
        var schema = JsonNode.Parse(Page)!.AsObject();

        Assert.Equal(told, schema["properties"]!.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
        Assert.Equal(told, schema["required"]!.AsArray().Select(name => name!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_is_told_is_valid(string sample)
    {
        var result = Schema.Evaluate(Data(All()[sample]), Strict);

        Assert.True(result.IsValid, JsonSerializer.Serialize(result));
    }

    [Theory]
    [InlineData("status", "burning")]
    [InlineData("alert", "JobBurns")]
    [InlineData("endReason", "boredom")]
    [InlineData("startedTime", "noon")]
    [InlineData("id", "7")]
    public void What_is_never_told_is_not_valid(string field, string value)
    {
        var data = JsonNode.Parse(Data(All().Values.First()).GetRawText())!.AsObject();
        data[field] = value;

        Assert.False(Schema.Evaluate(JsonSerializer.SerializeToElement(data), Strict).IsValid);
    }

    [Fact]
    public void The_schema_knows_each_alert_and_each_reason()
    {
        var fields = JsonNode.Parse(Page)!["properties"]!;
        EndReason[] reasons =
        [
            EndReason.Completed, EndReason.Deleted, EndReason.Expired, EndReason.StatusChanged, EndReason.Vanished,
            EndReason.Recovered, EndReason.Removed,
        ];

        Assert.Equal(AlertName.All.Select(name => name.Value), Values("alert"));
        Assert.Equal(reasons.Select(reason => reason.Value), Values("endReason"));

        IEnumerable<string?> Values(string field) =>
            fields[field]!["enum"]!.AsArray().Where(value => value is not null).Select(value => value!.GetValue<string>());
    }

    private static Dictionary<string, Alert> All()
    {
        var failed = Firing.OfFailed(Firing.Ended("a", JobStatus.Failed) with { FailReason = "No more capacity." });
        var bare = Firing.OfFailed(new ImmediateJob { JobId = "b", JobName = "", Status = JobStatus.Failed });
        var unreachable = TimedAlerts.At([], Firing.SightOf([]), isUnknown: true).Started.Single();
        return new Dictionary<string, Alert>(StringComparer.Ordinal)
        {
            ["failed"] = failed,
            ["canceled"] = Firing.Poll([], Firing.Ended("c", JobStatus.Canceled)).Started.Single(),
            ["bare"] = bare,
            ["unreachable"] = unreachable,
            ["resolved"] = failed.Ended(EndReason.Completed, Noon, Noon),
            ["recovered"] = unreachable.Ended(EndReason.Recovered, Noon, Noon),
        };
    }

    private static JsonElement Data(Alert alert)
    {
        var told = WebhookEvent.Of(
            new Delivery
            {
                Key = new DeliveryKey("hook", alert.Id, alert.IsFiring ? DeliveryKind.Firing : DeliveryKind.Resolved),
                Alert = alert,
                Created = Noon,
                Attempts = 0,
            },
            externalUrl: null);
        using var document = JsonDocument.Parse(told.Body);
        return document.RootElement.GetProperty("data").Clone();
    }
}
