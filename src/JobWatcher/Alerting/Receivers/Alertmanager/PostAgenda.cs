using JobWatcher.Alerts;

namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>All that a receiver is to be told at a moment.</summary>
/// <param name="Posts">The alerts, the oldest first.</param>
/// <param name="ChangesIn">After how long time alone changes it; null for never.</param>
internal sealed record PostAgenda(IReadOnlyList<PlannedPost> Posts, TimeSpan? ChangesIn)
{
    /// <summary>Decides on all alerts.</summary>
    /// <param name="alerts">The alerts.</param>
    /// <param name="acceptanceOf">What the receiver took.</param>
    /// <param name="rules">The receiver's rules.</param>
    /// <param name="cloudNow">The time by the clock of a target's cloud; null where it is not known.</param>
    public static PostAgenda Of(
        IEnumerable<Alert> alerts,
        Func<AlertId, Acceptance?> acceptanceOf,
        PostRules rules,
        Func<string, DateTimeOffset?> cloudNow)
    {
        var posts = new List<PlannedPost>();
        TimeSpan? changesIn = null;
        var times = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        foreach (var alert in NewestAlerts.Of(alerts))
        {
            var target = alert.Key.Target;
            if (!times.TryGetValue(target, out var now))
            {
                times[target] = now = cloudNow(target);
            }

            var post = AlertmanagerPost.Of(alert, acceptanceOf(alert.Id), rules, now);
            if (post.Until - now is { } wait && !(changesIn <= wait))
            {
                changesIn = wait;
            }

            if (post.Kind is not PostKind.None)
            {
                posts.Add(new PlannedPost(alert, post.Kind));
            }
        }

        posts.Sort(static (left, right) => left.Alert.ObservedTime.CompareTo(right.Alert.ObservedTime));
        return new PostAgenda(posts, changesIn);
    }
}

/// <summary>An alert to be posted.</summary>
internal readonly record struct PlannedPost(Alert Alert, PostKind Kind);
