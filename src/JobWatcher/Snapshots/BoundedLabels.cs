using System.Collections.Immutable;
using JobWatcher.Text;

namespace JobWatcher.Snapshots;

/// <summary>
/// Turns an open set of the cloud's texts into a bounded set of label values: known texts always keep their own, the
/// first others do up to a limit, the rest becomes <see cref="Other"/>. Immutable.
/// </summary>
internal sealed class BoundedLabels
{
    /// <summary>The value of all texts beyond the limit.</summary>
    public const string Other = "other";

    /// <summary>The value where the API told none.</summary>
    public const string Untold = "unknown";

    private readonly ImmutableHashSet<string> _values;
    private readonly int _limit;

    private BoundedLabels(ImmutableHashSet<string> values, int limit)
    {
        _values = values;
        _limit = limit;
    }

    /// <summary>Starts with texts that always keep their own value.</summary>
    /// <param name="known">These texts.</param>
    /// <param name="limit">How many values there may be in all; the known ones are kept even beyond it.</param>
    public static BoundedLabels Starting(IEnumerable<string> known, int limit) =>
        new([.. known, Other, Untold], limit + 2);

    /// <summary>The set with as many of these texts added as the limit allows, the earlier ones first.</summary>
    public BoundedLabels Admitting(IEnumerable<string> texts)
    {
        var values = _values;
        foreach (var value in texts.Select(LabelText.Bound))
        {
            if (values.Count >= _limit)
            {
                break;
            }

            values = value.Length == 0 ? values : values.Add(value);
        }

        return ReferenceEquals(values, _values) ? this : new BoundedLabels(values, _limit);
    }

    /// <summary>The label's value for a text.</summary>
    public string Of(string text)
    {
        var value = LabelText.Bound(text);
        if (value.Length == 0)
        {
            return Untold;
        }

        return _values.Contains(value) ? value : Other;
    }
}
