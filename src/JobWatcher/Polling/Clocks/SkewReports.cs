using JobWatcher.HuaweiCloud.Http.Clocks;
using JobWatcher.Text;

namespace JobWatcher.Polling.Clocks;

/// <summary>Tells that this machine's clock differs from the cloud's by so much that somebody should set it.</summary>
internal sealed partial class SkewReports(ILogger<SkewReports> logger)
{
    /// <summary>Tells one skew.</summary>
    public void Tell(ClockSkew skew) => Log.ClockSkewed(
        logger,
        Duration.ToTheSecond(skew.Skew).ToString(),
        skew.Skew > TimeSpan.Zero ? "ahead of" : "behind",
        skew.Endpoint,
        Math.Round(skew.Skew.TotalSeconds));

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.ClockSkewed, LogLevel.Warning,
            "This machine's clock is {Skew} {Direction} the cloud's at {Endpoint} ({SkewSeconds} s). Requests are signed with the cloud's time up to 24 h of difference, so polls go on; times in events are by the wrong clock. Set it, and keep it right by NTP.",
            EventName = nameof(EventIds.ClockSkewed))]
        public static partial void ClockSkewed(
            ILogger logger, string skew, string direction, string endpoint, double skewSeconds);
    }
}
