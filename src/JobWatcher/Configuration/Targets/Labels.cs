using System.Collections.Frozen;
using System.Text.RegularExpressions;
using JobWatcher.Alerts;
using JobWatcher.Configuration.Reading;

namespace JobWatcher.Configuration.Targets;

/// <summary>Reads the labels that users give their targets.</summary>
internal static partial class Labels
{
    /// <summary>The most labels of one target.</summary>
    public const int Most = 10;

    private const int MostCharacters = 200;

    /// <summary>
    /// The labels of the series that carry a user's labels, and those that Prometheus and Alertmanager set themselves.
    /// </summary>
    public static FrozenSet<string> Reserved { get; } = FrozenSet.ToFrozenSet(
    [
        .. AlertLabels.All, "api_endpoint", "credentials", "alert", "alertname", "job", "instance", "le", "quantile",
    ]);

    /// <summary>The labels under a mapping's key <c>labels</c>.</summary>
    public static IReadOnlyDictionary<string, string> Read(MappingReader mapping)
    {
        var labels = mapping.TextEntries("labels", Problem);
        if (labels.Count > Most)
        {
            mapping.Fault("labels", $"are {labels.Count}, more than the {Most} that are allowed");
        }

        return labels;
    }

    private static string? Problem(string name, string value) =>
        !Name.IsMatch(name) || name.StartsWith("__", StringComparison.Ordinal)
            ? "is not a label name; use letters, digits and _, not a digit or __ at the start" :
        Reserved.Contains(name) ? "is a label of JobWatcher's own or of Prometheus; choose another name" :
        value.Length > MostCharacters ? $"has a value longer than {MostCharacters} characters" :
        null;

    [GeneratedRegex(@"^[a-zA-Z_][a-zA-Z0-9_]{0,62}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }
}
