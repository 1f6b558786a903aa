using System.Collections.Concurrent;
using JobWatcher.Alerts;

namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>
/// What one Alertmanager refuses. It may have taken the same before, and take it again, as behind a proxy that has another
/// rule for a while: so each is tried again. One thread changes it, any may ask.
/// </summary>
internal sealed class RefusedPosts(TimeProvider time)
{
    /// <summary>
    /// How long a refusal counts: short enough that an alert which the Alertmanager holds is told twice more before its last
    /// post runs out (<see cref="PostRules.Lifetime"/>).
    /// </summary>
    public static readonly TimeSpan AgainAfter = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<AlertId, (PostKind Kind, long Timestamp)> _refused = new();

    /// <summary>The alerts of which anything is refused.</summary>
    public IEnumerable<AlertId> Alerts => _refused.Keys;

    /// <summary>Whether anything of an alert is refused.</summary>
    public bool Holds(AlertId alert) => _refused.ContainsKey(alert);

    /// <summary>Whether an alert is refused as what it is to be posted now.</summary>
    public bool Holds(PlannedPost post) => Find(post) is not null;

    /// <summary>After how long a post is to be tried again, zero or less where it is due; null where it is not refused.</summary>
    public TimeSpan? Wait(PlannedPost post) =>
        Find(post) is { } refused ? AgainAfter - time.GetElapsedTime(refused) : null;

    /// <summary>A post was refused.</summary>
    /// <returns>Whether it is the first of its alert.</returns>
    public bool Add(PlannedPost post)
    {
        var isFirst = !Holds(post.Alert.Id);
        _refused[post.Alert.Id] = (post.Kind, time.GetTimestamp());
        return isFirst;
    }

    /// <summary>An alert was taken, or is not to be posted any more.</summary>
    public void Remove(AlertId alert) => _refused.TryRemove(alert, out _);

    private long? Find(PlannedPost post) =>
        _refused.TryGetValue(post.Alert.Id, out var refused) && refused.Kind == post.Kind ? refused.Timestamp : null;
}
