using JobWatcher.Snapshots;

namespace JobWatcher.Alerts;

/// <summary>
/// Identifies one alert from its start to its end, and for good, by target, rule, job id and the moment of its start: a job
/// that fails again after a repair starts another alert.
/// </summary>
/// <param name="Value">A <see cref="StableId"/>.</param>
internal readonly record struct AlertId(string Value)
{
    /// <summary>Computes the id of an alert.</summary>
    /// <param name="key">What it is about.</param>
    /// <param name="seen">
    /// When its start was seen, by the watcher's own clock: the cloud's may stand still, and two alerts of one job would be one.
    /// </param>
    public static AlertId Of(AlertKey key, DateTimeOffset seen) =>
        new(StableId.Of(seen.ToUnixTimeMilliseconds(), key.Target, key.Name.Value, key.JobId));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
