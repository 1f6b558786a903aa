namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>As what an alert is posted to a receiver at a moment (rules A6 and A8 of the protocol).</summary>
/// <param name="Kind">As what.</param>
/// <param name="Until">When time alone makes it another, by the cloud's clock; null for never.</param>
internal readonly record struct AlertmanagerPost(PostKind Kind, DateTimeOffset? Until = null)
{
    /// <summary>Decides.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="acceptance">
    /// Whether the receiver took it. All its Alertmanagers are one cluster: what one of them told as ended must not fire
    /// anew because another returns.
    /// </param>
    /// <param name="rules">The receiver's rules.</param>
    /// <param name="cloudNow">The time by the cloud's clock; null where it is not known, when nothing that rests on it is told.</param>
    public static AlertmanagerPost Of(
        Alert alert, Acceptance? acceptance, PostRules rules, DateTimeOffset? cloudNow)
    {
        if (alert.EndSeenTime is not { } seen)
        {
            return new AlertmanagerPost(PostKind.Firing);
        }

        return cloudNow is not { } now ? new AlertmanagerPost(PostKind.None) :
            acceptance is { } accepted ? OfAccepted(accepted, seen, rules, now) :
            OfUntold(seen, rules, now);
    }

    // An edge is kept: an alert that came and went while the receiver was away is told, then ended.
    private static AlertmanagerPost OfUntold(DateTimeOffset seen, PostRules rules, DateTimeOffset now)
    {
        var givesUp = seen + PostRules.GivesUpAfter;
        return seen <= rules.Since || givesUp <= now
            ? new AlertmanagerPost(PostKind.None)
            : new AlertmanagerPost(PostKind.Firing, givesUp);
    }

    private static AlertmanagerPost OfAccepted(Acceptance accepted, DateTimeOffset seen, PostRules rules, DateTimeOffset now)
    {
        var shown = accepted.Time + rules.MinActive;
        if (now < shown || !accepted.IsSaved)
        {
            return new AlertmanagerPost(PostKind.Firing, now < shown ? shown : null);
        }

        var last = (shown > seen ? shown : seen) + rules.Lifetime;
        return now < last ? new AlertmanagerPost(PostKind.Resolved, last) : new AlertmanagerPost(PostKind.None);
    }
}
