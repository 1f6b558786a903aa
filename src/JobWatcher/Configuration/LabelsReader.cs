using System.Text.RegularExpressions;

namespace JobWatcher.Configuration;

/// <summary>Reads labels of the user's own.</summary>
internal static partial class LabelsReader
{
    private const int MostLabels = 10;
    private const int MostCharacters = 200;

    private static readonly string[] Taken =
    [
        "target", "project_id", "region", "api_endpoint", "credentials", "job_id", "job_name", "status", "instance_id",
        "instance_name", "alert", "alertname", "severity", "job", "instance",
    ];

    /// <summary>Reads the labels of a key, laid over common ones.</summary>
    public static IReadOnlyDictionary<string, string> Read(
        MappingReader reader, string key, IReadOnlyDictionary<string, string> common)
    {
        var labels = new SortedDictionary<string, string>(
            common.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (entry, value) in reader.TextMap(key))
        {
            var path = $"{key}.{entry.Key}";
            if (!NamePattern().IsMatch(entry.Key) || entry.Key.StartsWith("__", StringComparison.Ordinal))
            {
                reader.Fault(key, $"{ConfigurationFault.Quote(entry.Key)} is no label name; use letters, digits and underscores");
            }
            else if (Taken.Contains(entry.Key, StringComparer.Ordinal))
            {
                reader.Fault(key, $"{ConfigurationFault.Quote(entry.Key)} is a label of JobWatcher's or Prometheus' own; choose another name");
            }
            else if (value.Length > MostCharacters)
            {
                reader.Fault(key, $"the value of {path} is longer than {MostCharacters} characters; shorten it");
            }

            labels[entry.Key] = value;
        }

        if (labels.Count > MostLabels)
        {
            reader.Fault(key, $"these are {labels.Count} labels; keep {MostLabels} or fewer");
        }

        return labels;
    }

    [GeneratedRegex(@"\A[a-zA-Z_][a-zA-Z0-9_]{0,99}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NamePattern();
}
