namespace JobWatcher.Alerting.Receivers;

/// <summary>When receivers that accept nothing are given up.</summary>
internal static class GivingUp
{
    /// <summary>What is told then.</summary>
    public const string Reason = "It was tried for three days, and is given up.";

    /// <summary>How long an alert is tried.</summary>
    public static readonly TimeSpan After = TimeSpan.FromDays(3);
}
