namespace JobWatcher.Configuration.Nodes;

/// <summary>A part of the configuration before anybody knows what it means, with its place.</summary>
internal abstract record ConfigurationNode(Place Place);

/// <summary>One value.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Text">The value, quotes and escapes resolved.</param>
/// <param name="IsPlain">Whether it was written without quotes.</param>
internal sealed record ScalarNode(Place Place, string Text, bool IsPlain) : ConfigurationNode(Place)
{
    /// <summary>Whether it is YAML's null, which stands for a value left out.</summary>
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Items">The file's items.</param>
/// <param name="Overrides">What the environment says about items, by index.</param>
internal sealed record SequenceNode(Place Place, IReadOnlyList<ConfigurationNode> Items, MappingNode? Overrides = null)
    : ConfigurationNode(Place);

/// <summary>Keys and values.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Entries">In the order of the file, no key twice.</param>
internal sealed record MappingNode(Place Place, IReadOnlyList<MappingEntry> Entries) : ConfigurationNode(Place)
{
    /// <summary>The entry of that key; the environment's keys know no case.</summary>
    public MappingEntry? Find(string key) =>
        Entries.FirstOrDefault(entry => entry.Key == key) ??
        Entries.FirstOrDefault(entry =>
            entry.KeyPlace.IsEnvironment && string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A key and its value.</summary>
internal sealed record MappingEntry(string Key, Place KeyPlace, ConfigurationNode Value);
