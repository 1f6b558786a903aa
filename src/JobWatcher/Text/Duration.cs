using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace JobWatcher.Text;

/// <summary>
/// A length of time as people write it: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>1h30m</c>, <c>30d</c>. Whole milliseconds,
/// never negative.
/// </summary>
internal readonly partial record struct Duration : IComparable<Duration>
{
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
    ];

    private Duration(TimeSpan value) => Value = value;

    /// <summary>The length.</summary>
    public TimeSpan Value { get; }

    /// <summary>As the framework has it.</summary>
    public static implicit operator TimeSpan(Duration duration) => duration.Value;

    /// <summary>So many times as long.</summary>
    public static Duration operator *(int factor, Duration duration) => new(factor * duration.Value);

    /// <summary>Whether one is shorter.</summary>
    public static bool operator <(Duration left, Duration right) => left.CompareTo(right) < 0;

    /// <summary>Whether one is longer.</summary>
    public static bool operator >(Duration left, Duration right) => left.CompareTo(right) > 0;

    /// <summary>Whether one is not longer.</summary>
    public static bool operator <=(Duration left, Duration right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one is not shorter.</summary>
    public static bool operator >=(Duration left, Duration right) => left.CompareTo(right) >= 0;

    /// <summary>A length of the framework's, cut to whole milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static Duration Of(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        return Milliseconds((long)value.TotalMilliseconds);
    }

    /// <summary>How far apart two times are, to the second.</summary>
    public static Duration ToTheSecond(TimeSpan difference) => Seconds((long)Math.Round(difference.Duration().TotalSeconds));

    /// <summary>Milliseconds.</summary>
    public static Duration Milliseconds(long count) => new(TimeSpan.FromMilliseconds(count));

    /// <summary>Seconds.</summary>
    public static Duration Seconds(long count) => new(TimeSpan.FromSeconds(count));

    /// <summary>Minutes.</summary>
    public static Duration Minutes(long count) => new(TimeSpan.FromMinutes(count));

    /// <summary>Days.</summary>
    public static Duration Days(int count) => new(TimeSpan.FromDays(count));

    /// <summary>The longer of two.</summary>
    public static Duration Longer(Duration left, Duration right) => left >= right ? left : right;

    /// <summary>Reads what <see cref="ToString"/> writes, and other splits of the same length, such as <c>90m</c>.</summary>
    /// <returns>Whether it is a duration: whole numbers with units, the largest first, each at most once.</returns>
    public static bool TryParse(string text, out Duration duration)
    {
        duration = default;
        var match = Form.Match(text);
        if (!match.Success)
        {
            return false;
        }

        var ticks = 0m;
        foreach (var (unit, size) in Units)
        {
            if (match.Groups[unit] is { Success: true } count)
            {
                ticks += decimal.Parse(count.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) * size;
            }
        }

        if (ticks > TimeSpan.MaxValue.Ticks)
        {
            return false;
        }

        duration = new Duration(new TimeSpan((long)ticks));
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Duration other) => Value.CompareTo(other.Value);

    /// <summary>The shortest form with the largest units, such as <c>1h30m</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        var rest = Value.Ticks;
        foreach (var (unit, size) in Units)
        {
            var (count, left) = Math.DivRem(rest, size);
            rest = left;
            if (count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
            }
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }

    // Fifteen digits of the largest unit still fit a decimal's ticks.
    [GeneratedRegex(
        @"^(?=[0-9])((?<d>[0-9]{1,15})d)?((?<h>[0-9]{1,15})h)?((?<m>[0-9]{1,15})m)?((?<s>[0-9]{1,15})s)?" +
        @"((?<ms>[0-9]{1,15})ms)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form { get; }
}
