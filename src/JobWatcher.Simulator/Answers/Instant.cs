using System.Globalization;

namespace JobWatcher.Simulator.Answers;

/// <summary>Times as IAM and the metadata service write them.</summary>
internal static class Instant
{
    public static string Format(DateTimeOffset time)
        => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
