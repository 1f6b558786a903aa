namespace JobWatcher.Alerts.Rules;

/// <summary>When alerts of one target fire and how they end. The defaults are those of the public contract.</summary>
internal sealed record AlertRules
{
    /// <summary>The alert <c>JobFailed</c>.</summary>
    public EndedJobRule Failed { get; init; } = new() { Severity = "critical" };

    /// <summary>The alert <c>JobCanceled</c>, which is off unless somebody wants it: most cancellations are meant.</summary>
    public EndedJobRule Canceled { get; init; } = new() { Severity = "warning", IsEnabled = false };

    /// <summary>The alert <c>JobStuck</c>.</summary>
    public StuckJobRule Stuck { get; init; } = new();

    /// <summary>The alert <c>TargetUnreachable</c>.</summary>
    public UnreachableRule Unreachable { get; init; } = new();

    /// <summary>How long an alert is shown at least, so that none slips between two looks (rule A6).</summary>
    public TimeSpan MinActive { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where the pages on alerts are: each page is this address and the alert's name.</summary>
    public Uri Runbooks { get; init; } = DefaultRunbooks;

    private static readonly Uri DefaultRunbooks = new("https://github.com/jobwatcher/jobwatcher/blob/main/docs/alerts/");
}
