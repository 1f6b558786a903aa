namespace JobWatcher.Configuration.Reading;

/// <summary>Where a key stands in the configuration.</summary>
/// <param name="Text">As a user finds it, such as <c>targets[0].interval</c>.</param>
/// <param name="Pattern">As the reference lists it, such as <c>targets[].interval</c>.</param>
internal readonly record struct KeyPath(string Text, string Pattern)
{
    /// <summary>The whole configuration.</summary>
    public static KeyPath Root => new("", "");

    /// <summary>A key in this mapping.</summary>
    public KeyPath Key(string key) => new(Join(Text, key), Join(Pattern, key));

    /// <summary>An entry of this mapping whose names users choose.</summary>
    public KeyPath Entry(string name) => new(Join(Text, name), Join(Pattern, "<name>"));

    /// <summary>An item of this list.</summary>
    public KeyPath Item(int index) => new($"{Text}[{index}]", $"{Pattern}[]");

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
