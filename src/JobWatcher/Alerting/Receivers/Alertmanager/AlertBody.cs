using System.Buffers;
using System.Text.Json;

namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>Writes alerts as <c>POST /api/v2/alerts</c> takes them.</summary>
internal static class AlertBody
{
    private const string NamePrefix = "JobWatcher";

    /// <summary>Writes one alert.</summary>
    /// <param name="post">The alert.</param>
    /// <param name="lifetime">How long it counts as firing without another post.</param>
    /// <param name="times">The clocks between which its times are shifted.</param>
    /// <param name="externalUrl">How people reach JobWatcher's pages; null where nobody said.</param>
    public static byte[] Write(PlannedPost post, TimeSpan lifetime, ShiftedTimes times, Uri? externalUrl)
    {
        var (alert, buffer) = (post.Alert, new ArrayBufferWriter<byte>(1024));
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();

        json.WriteStartObject("labels");
        json.WriteString("alertname", NamePrefix + alert.Key.Name.Value);
        foreach (var (name, value) in alert.Labels)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();

        json.WriteStartObject("annotations");
        foreach (var (name, value) in alert.Annotations)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();

        var ends = post.Kind is PostKind.Resolved ? alert.EndedTime : null;
        json.WriteString("startsAt", times.Shift(alert.StartedTime));
        json.WriteString("endsAt", ends is { } ended ? times.Shift(ended) : times.There + lifetime);
        if (StatusPageLink.Of(alert, externalUrl) is { } link)
        {
            json.WriteString("generatorURL", link);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
