namespace JobWatcher.Configuration.Reading;

/// <content>Mappings and lists.</content>
internal sealed partial class MappingReader
{
    /// <summary>A mapping whose keys all have defaults.</summary>
    public T Section<T>(string key, Func<MappingReader, T> read)
    {
        var reader = session.Mapping(Value(key), path.Key(key), PlaceOf(key))
            ?? session.Mapping(null, path.Key(key), PlaceOf(key))!;
        return reader.ReadAll(read);
    }

    /// <summary>A list of mappings; null for each that is faulty.</summary>
    public IReadOnlyList<T?> List<T>(string key, Func<MappingReader, T?> read)
        where T : class =>
        List(session, session.Items(Value(key), path.Key(key)), path.Key(key), read);

    /// <summary>The mappings that are items of a list; null for each that is faulty.</summary>
    public static IReadOnlyList<T?> List<T>(
        ReadingSession session, IReadOnlyList<Nodes.ConfigurationNode> items, KeyPath path, Func<MappingReader, T?> read)
        where T : class =>
        [.. items.Select((item, index) => session.Mapping(item, path.Item(index), item.Place)?.ReadAll(read))];

    /// <summary>A list of texts; faulty ones are left out.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        var list = path.Key(key);
        var texts = new List<string>();
        foreach (var item in session.Items(Value(key), list))
        {
            var itemPath = list.Item(texts.Count);
            if (item is Nodes.ScalarNode { IsNull: true })
            {
                session.Fault(item.Place, itemPath, "is empty; give a value or take the line out");
            }

            texts.Add(session.Text(item, itemPath) ?? "");
        }

        return [.. texts.Where(text => text.Length > 0)];
    }

    /// <summary>Mappings under names that users choose; null for each that is faulty.</summary>
    public IReadOnlyDictionary<string, T?> Entries<T>(string key, Func<MappingReader, T?> read)
        where T : class
    {
        var entries = new Dictionary<string, T?>(StringComparer.Ordinal);
        foreach (var entry in session.Mapping(Value(key), path.Key(key), PlaceOf(key))?.Mapped ?? [])
        {
            entries[entry.Key] = session.Mapping(entry.Value, path.Key(key).Entry(entry.Key), entry.KeyPlace)?.ReadAll(read);
        }

        return entries;
    }

    /// <summary>Texts under names that users choose; faulty ones are left out.</summary>
    /// <param name="key">The key.</param>
    /// <param name="problem">What is wrong with a name and its text, as a sentence about the key.</param>
    public IReadOnlyDictionary<string, string> TextEntries(string key, Func<string, string, string?> problem)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        session.KnownKeys.Add(path.Key(key).Entry("").Pattern);
        foreach (var entry in session.Mapping(Value(key), path.Key(key), PlaceOf(key))?.Mapped ?? [])
        {
            var entryPath = path.Key(key).Entry(entry.Key);
            if (session.Text(entry.Value, entryPath) is not { } text)
            {
                continue;
            }

            if (problem(entry.Key, text) is { } message)
            {
                session.Fault(entry.KeyPlace, entryPath, message);
                continue;
            }

            entries[entry.Key] = text;
        }

        return entries;
    }

    /// <summary>Reads with a reader of this mapping, then tells the keys that it did not ask for.</summary>
    public T ReadAll<T>(Func<MappingReader, T> read)
    {
        var result = read(this);
        ReportUnknownKeys();
        return result;
    }

    private IReadOnlyList<Nodes.MappingEntry> Mapped => mapping.Entries;
}
