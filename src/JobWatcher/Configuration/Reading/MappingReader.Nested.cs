using JobWatcher.Configuration.Nodes;

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
        session.List(Value(key), path.Key(key), read);

    /// <summary>A list of texts; faulty ones are left out.</summary>
    public IReadOnlyList<TextItem> Texts(string key)
    {
        var list = path.Key(key);
        var texts = new List<TextItem>();
        foreach (var (index, node) in session.Items(Value(key), list).Index())
        {
            var item = list.Item(index);
            if (node is ScalarNode { IsNull: true })
            {
                session.Fault(node.Place, item, "is empty; give a value or take the line out");
            }

            if (session.Text(node, item) is { } text)
            {
                texts.Add(new TextItem(text, node.Place, item));
            }
        }

        return texts;
    }

    /// <summary>Mappings under names that users choose; null for each that is faulty.</summary>
    /// <param name="key">The key.</param>
    /// <param name="problem">What is wrong with a name; null where nothing is.</param>
    /// <param name="read">Reads an entry.</param>
    public IReadOnlyDictionary<string, T?> Entries<T>(
        string key, Func<string, string?> problem, Func<MappingReader, T?> read)
        where T : class
    {
        var entries = new Dictionary<string, T?>(StringComparer.Ordinal);
        foreach (var entry in session.Mapping(Value(key), path.Key(key), PlaceOf(key))?.Mapped ?? [])
        {
            var entryPath = path.Key(key).Entry(entry.Key);
            if (problem(entry.Key) is { } message)
            {
                session.Fault(entry.KeyPlace, entryPath, message);
            }

            entries[entry.Key] = session.Mapping(entry.Value, entryPath, entry.KeyPlace)?.ReadAll(read);
        }

        return entries;
    }

    /// <summary>Texts under names that users choose; faulty ones are left out.</summary>
    /// <param name="key">The key.</param>
    /// <param name="problem">What is wrong with a name and its text, null where nothing is.</param>
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

    private IReadOnlyList<MappingEntry> Mapped => mapping.Entries;
}
