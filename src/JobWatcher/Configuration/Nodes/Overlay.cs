namespace JobWatcher.Configuration.Nodes;

/// <summary>Lays the environment over what a file says.</summary>
internal static class Overlay
{
    /// <summary>
    /// The file's node with the environment's values in place of its own. What the environment says about a list's items
    /// is kept beside the list for the reader of the list, who knows how many there are.
    /// </summary>
    public static ConfigurationNode Apply(ConfigurationNode? file, ConfigurationNode environment) =>
        (file, environment) switch
        {
            (MappingNode below, MappingNode above) => Merge(below, above),
            (SequenceNode below, MappingNode above) => below with { Overrides = above },
            _ => environment,
        };

    /// <summary>The file's mapping with the environment's keys laid over and added.</summary>
    public static MappingNode Merge(MappingNode file, MappingNode environment)
    {
        var entries = file.Entries.ToList();
        foreach (var above in environment.Entries)
        {
            var index = entries.FindIndex(below => string.Equals(below.Key, above.Key, StringComparison.OrdinalIgnoreCase));
            if (index < 0)
            {
                entries.Add(above);
            }
            else
            {
                entries[index] = entries[index] with { Value = Apply(entries[index].Value, above.Value) };
            }
        }

        return file with { Entries = entries };
    }
}
