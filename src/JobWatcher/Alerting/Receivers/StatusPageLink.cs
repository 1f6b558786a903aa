using JobWatcher.Alerts;

namespace JobWatcher.Alerting.Receivers;

/// <summary>Links from an alert to JobWatcher's own page.</summary>
internal static class StatusPageLink
{
    /// <summary>The address of the page that shows what an alert is about; null where nobody said how people reach it.</summary>
    public static string? Of(Alert alert, Uri? externalUrl)
    {
        if (externalUrl is null)
        {
            return null;
        }

        var job = alert.Key.JobId.Length > 0 ? $"&q={Uri.EscapeDataString(alert.Key.JobId)}" : "";
        return $"{externalUrl.AbsoluteUri.TrimEnd('/')}/?target={Uri.EscapeDataString(alert.Key.Target)}{job}";
    }
}
