namespace JobWatcher.EndToEndTests.Seen;

/// <summary>One line of a scrape.</summary>
/// <param name="Name">The name, with a histogram's suffix.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Value">The value.</param>
internal sealed record Series(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    /// <summary>What tells series apart.</summary>
    public string Identity =>
        $"{Name}{{{string.Join(',', Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"))}}}";

    /// <summary>Whether it has all these labels, and perhaps others.</summary>
    public bool Has(IEnumerable<(string Name, string Value)> labels) =>
        labels.All(label => Labels.GetValueOrDefault(label.Name) == label.Value);
}
