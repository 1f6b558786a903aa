using System.Globalization;

namespace JobWatcher.Configuration;

/// <summary>
/// Lays environment variables over the tree: <c>JOBWATCHER_TARGETS__0__INTERVAL</c> sets <c>targets[0].interval</c>. Only
/// names with a <c>__</c> are keys: Kubernetes itself sets <c>JOBWATCHER_PORT</c> and the like.
/// </summary>
internal static class EnvironmentOverlay
{
    private const string Prefix = "JOBWATCHER_";
    private const string Separator = "__";

    /// <summary>The variables that are keys, in the order of their names.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Keys(IReadOnlyDictionary<string, string> environment) =>
        environment
            .Where(variable => variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) &&
                variable.Key.Contains(Separator, StringComparison.Ordinal))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal);

    /// <summary>Lays the variables over a tree, changing it.</summary>
    public static void Apply(MappingNode root, IReadOnlyDictionary<string, string> environment, FaultList faults)
    {
        foreach (var (name, value) in Keys(environment))
        {
            var path = name[Prefix.Length..].ToLowerInvariant().Split(Separator);
            var place = new Place(name);
            if (path.Any(part => part.Length == 0))
            {
                faults.Add(place, "", "the name has an empty part; write it like JOBWATCHER_STORE__PATH");
                continue;
            }

            Set(root, path, new ScalarNode(place, value.Length == 0 ? null : value), faults);
        }
    }

    private static void Set(ConfigurationNode node, ReadOnlySpan<string> path, ScalarNode value, FaultList faults)
    {
        switch (node)
        {
            case MappingNode mapping:
                SetIn(mapping, path, value, faults);
                break;
            case SequenceNode sequence:
                SetIn(sequence, path, value, faults);
                break;
            default:
                faults.Add(value.Place, "", $"nothing lies below a plain value, so \"{path[0]}\" fits nothing; correct the name");
                break;
        }
    }

    private static void SetIn(MappingNode mapping, ReadOnlySpan<string> path, ScalarNode value, FaultList faults)
    {
        var key = path[0];
        var index = mapping.Entries.FindIndex(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            mapping.Entries.Add(new MappingEntry(key, value.Place, NewNode(path, value), IsFromEnvironment: true));
            index = mapping.Entries.Count - 1;
        }

        if (path.Length == 1)
        {
            mapping.Entries[index] = mapping.Entries[index] with { Value = value };
        }
        else
        {
            Set(mapping.Entries[index].Value, path[1..], value, faults);
        }
    }

    private static void SetIn(SequenceNode sequence, ReadOnlySpan<string> path, ScalarNode value, FaultList faults)
    {
        if (!int.TryParse(path[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ||
            index > sequence.Items.Count)
        {
            faults.Add(
                value.Place, "",
                $"\"{path[0]}\" is no place in a list of {sequence.Items.Count}; count from 0, without gaps");
            return;
        }

        if (index == sequence.Items.Count)
        {
            sequence.Items.Add(NewNode(path, value));
        }

        if (path.Length == 1)
        {
            sequence.Items[index] = value;
        }
        else
        {
            Set(sequence.Items[index], path[1..], value, faults);
        }
    }

    private static ConfigurationNode NewNode(ReadOnlySpan<string> path, ScalarNode value)
    {
        if (path.Length == 1)
        {
            return value;
        }

        return path[1].All(char.IsAsciiDigit)
            ? new SequenceNode(value.Place, [])
            : new MappingNode(value.Place, []);
    }
}
