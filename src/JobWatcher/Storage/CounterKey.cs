namespace JobWatcher.Storage;

/// <summary>Names one durable counter of a target by its labels, which are bounded already.</summary>
/// <param name="JobName">The label <c>job_name</c>.</param>
/// <param name="From">The label <c>from</c>.</param>
/// <param name="To">The label <c>to</c>.</param>
internal readonly record struct CounterKey(string JobName, string From, string To);

/// <summary>A counter's value, or an increment of it.</summary>
/// <param name="Count">Transitions.</param>
/// <param name="Seconds">The sum of the durations that these transitions ended, in seconds.</param>
internal readonly record struct CounterValue(long Count, double Seconds)
{
    /// <summary>The sum of two values.</summary>
    public static CounterValue operator +(CounterValue left, CounterValue right) =>
        new(left.Count + right.Count, left.Seconds + right.Seconds);
}
