using JobWatcher.Alerts;

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
            acceptance is { } accepted ? OfAccepted(ByCloud(accepted, alert, seen), seen, rules, now) :
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
        if (now < shown || accepted.Saved is not { } saved)
        {
            return new AlertmanagerPost(PostKind.Firing, now < shown ? shown : null);
        }

        var last = Latest(shown, seen, saved) + rules.Lifetime;
        return now < last ? new AlertmanagerPost(PostKind.Resolved, last) : new AlertmanagerPost(PostKind.None);
    }

    // Where an alert started by a clock that was ahead of the cloud's, what was taken after that by the same clock was taken
    // before its end.
    private static Acceptance ByCloud(Acceptance accepted, Alert alert, DateTimeOffset seen) =>
        alert.SeenSince < alert.ObservedTime && accepted.Time >= alert.ObservedTime
            ? new Acceptance(seen, accepted.Saved - (accepted.Time - seen))
            : accepted;

    private static DateTimeOffset Latest(params ReadOnlySpan<DateTimeOffset> times)
    {
        var latest = times[0];
        foreach (var time in times)
        {
            latest = time > latest ? time : latest;
        }

        return latest;
    }
}
