namespace JobWatcher.Alerts.Rules;

/// <summary>The rule that fires when a target's state is unknown.</summary>
internal sealed record UnreachableRule
{
    /// <summary>Whether the rule fires at all.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>The label <c>severity</c>.</summary>
    public string Severity { get; init; } = "critical";
}
