using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace JobWatcher.Configuration.Nodes;

/// <summary>
/// Reads a YAML text into nodes. The library's own tree stops at the first repeated key and knows no bound on aliases, so
/// this one is built from its parser's events.
/// </summary>
internal sealed class YamlText
{
    // No key lies deeper than a handful of levels.
    private const int MostLevels = 32;

    // Each node's path is made of its keys.
    private const int MostKeyCharacters = 200;

    // A file of the largest size holds fewer: only aliases reach it.
    private const int MostNodes = 1_000_000;

    private readonly YamlPlaces _places;
    private readonly ICollection<ConfigurationFault> _faults;
    private readonly Parser _parser;
    private readonly Dictionary<string, (ConfigurationNode Node, int Size)> _anchors = new(StringComparer.Ordinal);
    private int _nodes;

    private YamlText(string text, YamlPlaces places, ICollection<ConfigurationFault> faults)
    {
        _places = places;
        _faults = faults;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads one document.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="source">The file's name for places.</param>
    /// <param name="order">Where the file stands among all sources.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="root">The root; null for an empty document.</param>
    /// <returns>Whether the text could be read to its end.</returns>
    public static bool TryRead(
        string text, string source, int order, ICollection<ConfigurationFault> faults, out ConfigurationNode? root)
    {
        var places = new YamlPlaces(text, source, order);
        root = null;

        // The parser takes a NUL for the end of the text, so what follows would be lost without a word.
        if (places.FirstControlCharacter() is { } control)
        {
            faults.Add(new ConfigurationFault(
                control, "", null, "holds a control character, so it is no YAML; write the file as plain text"));
            return false;
        }

        try
        {
            root = new YamlText(text, places, faults).Document();
            return true;
        }
        catch (YamlException exception)
        {
            faults.Add(places.Fault(exception));
            return false;
        }
    }

    private ConfigurationNode? Document()
    {
        Next<StreamStart>();
        if (Next<ParsingEvent>() is not DocumentStart)
        {
            return null;
        }

        var root = Node("", 0, Next<ParsingEvent>());
        Next<DocumentEnd>();
        if (Next<ParsingEvent>() is DocumentStart second)
        {
            throw new YamlException(
                second.Start, second.End, "a second document begins here; the configuration is one, so take out the ---");
        }

        return root;
    }

    private ConfigurationNode Node(string path, int level, ParsingEvent start)
    {
        var before = _nodes;
        Count(start, 1);
        if (level > MostLevels)
        {
            throw new YamlException(start.Start, start.End, "nothing in a configuration is nested so deeply");
        }

        ConfigurationNode node = start switch
        {
            AnchorAlias alias => Aliased(alias),
            SequenceStart => Sequence(path, level, start),
            MappingStart => Mapping(path, level, start),
            Scalar scalar => new ScalarNode(_places.At(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain),
            // The parser closes more than was begun in some broken texts.
            _ => throw new YamlException(start.Start, start.End, "something is closed here that was not begun"),
        };

        if (start is NodeEvent { Tag.IsEmpty: false, Tag.IsNonSpecific: false })
        {
            // Without its text: a secret that begins with an exclamation mark looks like a tag.
            _faults.Add(new ConfigurationFault(
                _places.At(start.Start), path, null,
                "has a YAML tag, which has no meaning here; quote a value that begins with !"));
        }

        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _anchors[anchored.Anchor.Value] = (node, _nodes - before);
        }

        return node;
    }

    private SequenceNode Sequence(string path, int level, ParsingEvent start)
    {
        var items = new List<ConfigurationNode>();
        for (var item = Next<ParsingEvent>(); item is not SequenceEnd; item = Next<ParsingEvent>())
        {
            items.Add(Node($"{path}[{items.Count}]", level + 1, item));
        }

        return new SequenceNode(_places.At(start.Start), items);
    }

    private MappingNode Mapping(string path, int level, ParsingEvent start)
    {
        var entries = new List<MappingEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var key = Next<ParsingEvent>(); key is not MappingEnd; key = Next<ParsingEvent>())
        {
            if (key is not Scalar { Value: { Length: <= MostKeyCharacters } name })
            {
                throw new YamlException(key.Start, key.End, "a key must be short and plain text");
            }

            var place = _places.At(key.Start);
            var keyPath = path.Length == 0 ? name : $"{path}.{name}";
            var value = Node(keyPath, level + 1, Next<ParsingEvent>());
            if (lines.TryAdd(name, place.Line))
            {
                entries.Add(new MappingEntry(name, place, value));
            }
            else
            {
                _faults.Add(new ConfigurationFault(
                    place, keyPath, null, $"is given twice, first in line {lines[name]}; keep one of them"));
            }
        }

        return new MappingNode(_places.At(start.Start), entries);
    }

    private ConfigurationNode Aliased(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var anchored))
        {
            // Without its text: a secret that begins with an asterisk looks like an alias.
            throw new YamlException(
                alias.Start, alias.End, "an alias of nothing above it; quote a value that begins with *");
        }

        Count(alias, anchored.Size);
        return anchored.Node;
    }

    private void Count(ParsingEvent at, int nodes)
    {
        _nodes += nodes;
        if (_nodes > MostNodes)
        {
            throw new YamlException(at.Start, at.End, "aliases blow the configuration up; write fewer of them");
        }
    }

    private TEvent Next<TEvent>()
        where TEvent : ParsingEvent
    {
        var last = _parser.Current?.End ?? Mark.Empty;
        try
        {
            if (_parser.MoveNext() && _parser.Current is TEvent next)
            {
                return next;
            }
        }
#pragma warning disable CA1031 // The parser answers some broken texts, such as a list never closed, with any exception.
        catch (Exception exception) when (exception is not YamlException)
#pragma warning restore CA1031
        {
            throw new YamlException(last, last, "something that begins before here is never closed", exception);
        }

        throw new YamlException(last, last, "the text ends too early");
    }
}
