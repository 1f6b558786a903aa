using System.Globalization;

namespace JobWatcher.Configuration;

/// <summary>
/// Reads the keys of one mapping. Each read makes its key known; what nobody read is unknown, and told by
/// <see cref="Finish"/>. A read that finds a fault tells it and gives null, as if the key were left out.
/// </summary>
internal sealed class MappingReader(MappingNode node, string path, ReadingContext context)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Where the mapping stands.</summary>
    public Place Place => node.Place;

    /// <summary>Where a key's value stands; the mapping's place when it is left out.</summary>
    public Place PlaceOf(string key) => node.Find(key)?.Value.Place ?? node.Place;

    /// <summary>Whether a key is given.</summary>
    public bool Has(string key) => node.Find(key) is not null;

    /// <summary>The key's path from the root.</summary>
    public string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>Tells a fault of a key.</summary>
    public void Fault(string key, string message) => context.Faults.Add(PlaceOf(key), PathOf(key), message);

    /// <summary>Reads a text.</summary>
    public string? Text(string key) => Scalar(key)?.Value;

    /// <summary>Reads a text that must be there.</summary>
    public string? RequiredText(string key, string wayOut)
    {
        if (!Has(key))
        {
            _known.Add(key);
            context.Faults.Add(Place, PathOf(key), $"this key is missing; {wayOut}");
            return null;
        }

        return Text(key);
    }

    /// <summary>Reads a text that must be one of a few.</summary>
    public string? OneOf(string key, params IReadOnlyList<string> choices)
    {
        var text = Text(key);
        if (text is null || choices.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        Fault(key, $"{ConfigurationFault.Quote(text)} is none of: {string.Join(", ", choices)}");
        return null;
    }

    /// <summary>Reads a length of time that is at least <paramref name="least"/>.</summary>
    public TimeSpan? Time(string key, TimeSpan least)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (!Duration.TryParse(text, out var duration))
        {
            Fault(key, $"{ConfigurationFault.Quote(text)} is not a duration; write it like 500ms, 30s, 5m or 1h30m");
            return null;
        }

        if (duration.Value < least)
        {
            Fault(key, $"{ConfigurationFault.Quote(text)} is too short; give {new Duration(least)} or more");
            return null;
        }

        return duration.Value;
    }

    /// <summary>Reads a whole number within bounds.</summary>
    public int? Number(string key, int least, int most)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) &&
            number >= least && number <= most)
        {
            return number;
        }

        Fault(key, $"{ConfigurationFault.Quote(text)} is not a whole number from {least} to {most}");
        return null;
    }

    /// <summary>Reads true or false.</summary>
    public bool? Flag(string key) => OneOf(key, "true", "false") switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    /// <summary>Reads a mapping; null when it is left out.</summary>
    public MappingReader? Section(string key) => Node(key) switch
    {
        MappingNode mapping => new MappingReader(mapping, PathOf(key), context),
        { } other => Unfit<MappingReader>(other, PathOf(key), "keys with values"),
        null => null,
    };

    /// <summary>Reads a mapping whose keys are names of the user's choice.</summary>
    public IReadOnlyList<(string Name, MappingReader Reader)> NamedSections(string key)
    {
        if (Node(key) is not { } found)
        {
            return [];
        }

        if (found is not MappingNode mapping)
        {
            Unfit<MappingReader>(found, PathOf(key), "names with keys below them");
            return [];
        }

        var sections = new List<(string, MappingReader)>();
        foreach (var entry in mapping.Entries)
        {
            var entryPath = $"{PathOf(key)}.{entry.Key}";
            if (entry.Value is MappingNode section)
            {
                sections.Add((entry.Key, new MappingReader(section, entryPath, context)));
            }
            else
            {
                Unfit<MappingReader>(entry.Value, entryPath, "keys with values");
            }
        }

        return sections;
    }

    /// <summary>Reads a list of mappings.</summary>
    public IReadOnlyList<MappingReader> Sections(string key) =>
    [
        .. Items(key, "a list").Select((item, index) => item is MappingNode mapping
            ? new MappingReader(mapping, $"{PathOf(key)}[{index}]", context)
            : Unfit<MappingReader>(item, $"{PathOf(key)}[{index}]", "keys with values")).OfType<MappingReader>(),
    ];

    /// <summary>Reads a list of texts.</summary>
    public IReadOnlyList<ScalarNode> Texts(string key) =>
    [
        .. Items(key, "a list of texts").Select((item, index) => item is ScalarNode { Value: not null } scalar
            ? scalar
            : Unfit<ScalarNode>(item, $"{PathOf(key)}[{index}]", "a text")).OfType<ScalarNode>(),
    ];

    /// <summary>Reads a mapping of names of the user's choice to texts.</summary>
    public IReadOnlyList<(MappingEntry Entry, string Value)> TextMap(string key)
    {
        if (Node(key) is not { } found)
        {
            return [];
        }

        if (found is not MappingNode mapping)
        {
            Unfit<MappingReader>(found, PathOf(key), "names with texts");
            return [];
        }

        var texts = new List<(MappingEntry, string)>();
        foreach (var entry in mapping.Entries)
        {
            if (entry.Value is ScalarNode { Value: { } value })
            {
                texts.Add((entry, value));
            }
            else
            {
                Unfit<ScalarNode>(entry.Value, $"{PathOf(key)}.{entry.Key}", "a text");
            }
        }

        return texts;
    }

    /// <summary>Tells the keys that nobody read.</summary>
    public void Finish()
    {
        foreach (var entry in node.Entries.Where(entry => !_known.Any(entry.Is)))
        {
            var closest = Spelling.Closest(entry.Key, _known);
            var hint = closest is null
                ? $"known here are: {string.Join(", ", _known.Order(StringComparer.Ordinal))}"
                : $"did you mean {closest}?";
            context.Faults.Add(entry.KeyPlace, PathOf(entry.Key), $"this key is unknown; {hint}");
        }
    }

    private ScalarNode? Scalar(string key) => Node(key) switch
    {
        ScalarNode scalar => scalar,
        { } other => Unfit<ScalarNode>(other, PathOf(key), "a single value"),
        null => null,
    };

    private List<ConfigurationNode> Items(string key, string wanted)
    {
        switch (Node(key))
        {
            case SequenceNode sequence:
                return sequence.Items;
            case { } other:
                Unfit<ScalarNode>(other, PathOf(key), wanted);
                return [];
            default:
                return [];
        }
    }

    private ConfigurationNode? Node(string key)
    {
        _known.Add(key);
        var found = node.Find(key)?.Value;
        if (found is ScalarNode { Value: null })
        {
            context.Faults.Add(found.Place, PathOf(key), "this key has no value; give it one or leave it out");
            return null;
        }

        return found;
    }

    private T? Unfit<T>(ConfigurationNode found, string keyPath, string wanted)
        where T : class
    {
        var got = found switch
        {
            SequenceNode => "a list",
            MappingNode => "keys with values",
            _ => "a single value",
        };
        context.Faults.Add(found.Place, keyPath, $"this wants {wanted}, not {got}");
        return null;
    }
}
