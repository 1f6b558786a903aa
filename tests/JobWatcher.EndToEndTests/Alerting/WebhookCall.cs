using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>A request as a webhook got it.</summary>
internal sealed record WebhookCall(string Id, string Timestamp, string Signature, byte[] Body, DateTimeOffset Arrived)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>What it tells of the job: <c>firing</c> or <c>resolved</c>.</summary>
    public string Status => Read(body => body.GetProperty("type").GetString()!.Split('.')[2]);

    /// <summary>The job.</summary>
    public string Job => Read(body => body.GetProperty("data").GetProperty("jobId").GetString()!);

    /// <summary>Whether a receiver believes it at a moment, by the specification of Standard Webhooks.</summary>
    /// <param name="secret">The secret, as both sides configure it.</param>
    /// <param name="now">The receiver's time.</param>
    public bool Verifies(string secret, DateTimeOffset now)
    {
        var sent = DateTimeOffset.FromUnixTimeSeconds(long.Parse(Timestamp, CultureInfo.InvariantCulture));
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{Id}.{Timestamp}."), .. Body];
        var expected = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed);
        return (now - sent).Duration() <= Tolerance &&
            Signature.Split(' ').Contains($"v1,{Convert.ToBase64String(expected)}", StringComparer.Ordinal);
    }

    private string Read(Func<JsonElement, string> look)
    {
        using var body = JsonDocument.Parse(Body);
        return look(body.RootElement);
    }
}
