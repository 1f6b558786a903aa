using JobWatcher.Text;

namespace JobWatcher.Configuration;

/// <summary>Something in the configuration that keeps JobWatcher from starting.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Key">The key's full path, such as <c>targets[0].interval</c>; empty where a whole source is meant.</param>
/// <param name="Value">The value that is refused; null where there is none or where it must not be shown.</param>
/// <param name="Message">What is wrong and the way out; goes on from the value.</param>
internal sealed record ConfigurationFault(Place Place, string Key, string? Value, string Message)
{
    /// <summary>
    /// One line, such as
    /// <c>jobwatcher.yaml:12:15: targets[0].interval: "5x" is not a duration; write it like 30s, 5m or 1h30m</c>.
    /// </summary>
    public override string ToString()
    {
        var key = Key.Length == 0 ? "" : $"{FaultText.Visible(Key)}: ";
        var value = Value is null ? "" : $"{FaultText.Quote(Value)} ";
        return $"{Place}: {key}{value}{FaultText.Visible(Message)}";
    }
}
