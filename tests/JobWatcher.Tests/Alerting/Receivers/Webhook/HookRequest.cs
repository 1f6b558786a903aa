using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JobWatcher.Tests.Alerting.Receivers.Webhook;

/// <summary>A request as a webhook got it.</summary>
internal sealed record HookRequest(string Id, string Timestamp, string Signature, string? ContentType, byte[] Body)
{
    public JsonObject Event => JsonNode.Parse(Body)!.AsObject();

    /// <summary>What it tells, such as <c>firing a</c>.</summary>
    public string Tells => $"{Event["type"]!.GetValue<string>().Split('.')[2]} {Event["data"]!["jobId"]}";

    public override string ToString() => $"{Id} {Timestamp} {Signature} {JsonSerializer.Serialize(Encoding.UTF8.GetString(Body))}";
}
