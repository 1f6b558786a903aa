namespace JobWatcher.Configuration.Nodes;

/// <summary>
/// Turns environment variables into nodes: <c>JOBWATCHER_STORE__PATH</c> is <c>store.path</c>. Names without <c>__</c>
/// are no keys (Kubernetes itself sets <c>JOBWATCHER_PORT</c> and the like), and an empty variable counts as not set.
/// </summary>
internal static class EnvironmentVariables
{
    private const string Prefix = "JOBWATCHER_";
    private const string Separator = "__";

    // Deeper than any key lies, and a bound on recursion.
    private const int MostSegments = 12;

    /// <summary>The variables as nodes; null where none is a key.</summary>
    public static MappingNode? Read(IReadOnlyDictionary<string, string> environment, ICollection<ConfigurationFault> faults)
    {
        var variables = new List<Variable>();
        foreach (var (name, value) in environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || value.Length == 0)
            {
                continue;
            }

            // Lower case, since that is what a new name, such as a label's, most often wants to be.
            var segments = name[Prefix.Length..].ToLowerInvariant().Split(Separator);
            if (segments.Length > MostSegments)
            {
                faults.Add(new ConfigurationFault(Place.Variable(name), "", null, "names no key: no key lies so deep"));
            }
            else if (segments.Length > 1)
            {
                variables.Add(new Variable(name, segments, value));
            }
        }

        return variables.Count == 0 ? null : Group(variables, 0, faults);
    }

    private static MappingNode Group(IReadOnlyList<Variable> variables, int depth, ICollection<ConfigurationFault> faults)
    {
        var entries = variables
            .GroupBy(variable => variable.Segments[depth], StringComparer.Ordinal)
            .Select(group => Entry(group.Key, [.. group], depth, faults));
        return new MappingNode(variables[0].Place, [.. entries]);
    }

    private static MappingEntry Entry(
        string key, IReadOnlyList<Variable> variables, int depth, ICollection<ConfigurationFault> faults)
    {
        var first = variables[0];
        if (first.Segments.Length > depth + 1 && variables.All(variable => variable.Segments.Length > depth + 1))
        {
            return new MappingEntry(key, first.Place, Group(variables, depth + 1, faults));
        }

        foreach (var other in variables.Skip(1))
        {
            faults.Add(new ConfigurationFault(
                other.Place, string.Join('.', first.Segments), null,
                $"is also given by {first.Name}; keep one of them"));
        }

        return new MappingEntry(key, first.Place, new ScalarNode(first.Place, first.Value, IsPlain: false));
    }

    private sealed record Variable(string Name, string[] Segments, string Value)
    {
        public Place Place => Place.Variable(Name);
    }
}
