using System.Text;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using CsCheck;
using JobWatcher.Alerting.Receivers.Webhook;
using JobWatcher.Alerts;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using static JobWatcher.Tests.Storage.Make;

namespace JobWatcher.Tests.Alerting.Receivers.Webhook;

/// <summary>What a webhook gets in the body.</summary>
public sealed class WebhookEventTests
{
    private static readonly Uri Page = new("https://jw.example.com/base");

    [Fact]
    public void A_start_is_told_as_a_cloud_event()
    {
        var alert = Alert();

        var told = Read(WebhookEvent.Of(Delivery(alert), Page));

        Assert.Equal("1.0", told["specversion"]!.GetValue<string>());
        Assert.Equal(alert.Id + "-firing", told["id"]!.GetValue<string>());
        Assert.Equal("jobwatcher.alert.firing.v1", told["type"]!.GetValue<string>());
        Assert.Equal("https://jw.example.com/base", told["source"]!.GetValue<string>());
        Assert.Equal("prod/a", told["subject"]!.GetValue<string>());
        Assert.Equal("application/json", told["datacontenttype"]!.GetValue<string>());
        Assert.Equal(alert.StartedTime, told["time"]!.GetValue<DateTimeOffset>());
        Assert.Equal(
            ("firing", "JobFailed", "a", null),
            (Field(told, "status"), Field(told, "alert"), Field(told, "jobId"), Field(told, "endedTime")));
    }

    [Fact]
    public void An_end_is_told_with_its_time_and_reason()
    {
        var alert = Alert().Ended(EndReason.Completed, Noon.AddMinutes(30), Noon.AddHours(1));

        var told = Read(WebhookEvent.Of(Delivery(alert, DeliveryKind.Resolved), Page));

        Assert.Equal(alert.Id + "-resolved", told["id"]!.GetValue<string>());
        Assert.Equal("jobwatcher.alert.resolved.v1", told["type"]!.GetValue<string>());
        Assert.Equal(Noon.AddMinutes(30), told["time"]!.GetValue<DateTimeOffset>());
        Assert.Equal(("resolved", "completed"), (Field(told, "status"), Field(told, "endReason")));
    }

    [Fact]
    public void An_alert_about_a_target_has_the_target_alone_as_subject()
    {
        var alert = TimedAlerts.At([], Firing.SightOf([]), isUnknown: true).Started.Single();

        var told = Read(WebhookEvent.Of(Delivery(alert), externalUrl: null));

        Assert.Equal(("prod", "urn:jobwatcher"), (told["subject"]!.GetValue<string>(), told["source"]!.GetValue<string>()));
        Assert.True(told["data"]!.AsObject().ContainsKey("jobId"));
        Assert.Null(told["data"]!["jobId"]);
    }

    [Fact]
    public void The_library_reads_what_it_is_said_to_be()
    {
        var told = WebhookEvent.Of(Delivery(Alert()), Page);

        var read = new JsonEventFormatter().DecodeStructuredModeMessage(told.Body, told.ContentType, extensionAttributes: null);

        Assert.Equal("application/cloudevents+json", told.ContentType.MediaType);
        Assert.True(read.IsValid);
        Assert.Equal(CloudEventsSpecVersion.V1_0, read.SpecVersion);
    }

    [Fact]
    public void The_event_is_the_same_at_each_attempt() =>
        Assert.Equal(
            WebhookEvent.Of(Delivery(Alert()), Page).Body.ToArray(),
            WebhookEvent.Of(Delivery(Alert()) with { Attempts = 7 }, Page).Body.ToArray());

    [Fact]
    public void Whatever_the_cloud_tells_makes_a_valid_event() =>
        Gen.String[Gen.Char, 0, 30].Select(Gen.Int[1, 2000], (text, times) => string.Concat(Enumerable.Repeat(text, times)))
            .Sample(
                text =>
                {
                    var job = Firing.Ended("a" + text, JobStatus.Failed) with { FailReason = text, InstanceName = text };
                    var told = WebhookEvent.Of(Delivery(Firing.OfFailed(job)), Page);
                    return new JsonEventFormatter()
                        .DecodeStructuredModeMessage(told.Body, told.ContentType, extensionAttributes: null).IsValid;
                },
                iter: 300);

    [Fact]
    public void A_subject_holds_no_character_that_hides()
    {
        var told = Read(WebhookEvent.Of(Delivery(Firing.OfFailed(Firing.Ended("a\u0007b\u202Ec", JobStatus.Failed))), Page));

        Assert.Equal("prod/a\uFFFDb\uFFFDc", told["subject"]!.GetValue<string>());
    }

    [Fact]
    public void A_reason_without_end_is_cut()
    {
        var job = Firing.Ended("a", JobStatus.Failed) with { FailReason = new string('x', 1_000_000) };

        Assert.InRange(WebhookEvent.Of(Delivery(Firing.OfFailed(job)), Page).Body.Length, 4000, 10_000);
    }

    private static Alert Alert() => Firing.OfFailed(Firing.Ended("a", JobStatus.Failed));

    private static Delivery Delivery(Alert alert, DeliveryKind kind = DeliveryKind.Firing) => new()
    {
        Key = new DeliveryKey("hook", alert.Id, kind), Alert = alert, Created = Noon, Attempts = 0,
    };

    private static JsonObject Read(WebhookEvent told) => JsonNode.Parse(Encoding.UTF8.GetString(told.Body.Span))!.AsObject();

    private static string? Field(JsonObject told, string name) => told["data"]![name]?.GetValue<string>();
}
