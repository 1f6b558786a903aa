namespace JobWatcher.Configuration;

/// <summary>A part of the configuration's tree, whether it came from a file or from the environment.</summary>
/// <param name="Place">Where it stands.</param>
internal abstract record ConfigurationNode(Place Place);

/// <summary>A value.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Value">The text; null where the key was left without a value.</param>
internal sealed record ScalarNode(Place Place, string? Value) : ConfigurationNode(Place);

/// <summary>A list. Grows while the environment is laid over it.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Items">Its items.</param>
internal sealed record SequenceNode(Place Place, List<ConfigurationNode> Items) : ConfigurationNode(Place);

/// <summary>Keys with values. Grows while the environment is laid over it.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Entries">In the order of the file; no key twice.</param>
internal sealed record MappingNode(Place Place, List<MappingEntry> Entries) : ConfigurationNode(Place)
{
    /// <summary>The entry of a key; null where there is none.</summary>
    public MappingEntry? Find(string key) => Entries.Find(entry => entry.Is(key));
}

/// <summary>One key with its value.</summary>
/// <param name="Key">The key; in lower case where the environment brought it.</param>
/// <param name="KeyPlace">Where the key stands.</param>
/// <param name="Value">The value.</param>
/// <param name="IsFromEnvironment">Whether the key was spelt in an environment variable, which has no case.</param>
internal sealed record MappingEntry(string Key, Place KeyPlace, ConfigurationNode Value, bool IsFromEnvironment = false)
{
    /// <summary>Whether this is the entry of a key.</summary>
    public bool Is(string key) => string.Equals(
        Key, key, IsFromEnvironment ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
