using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace JobWatcher.Configuration;

/// <summary>
/// Reads YAML into a tree that knows where everything stands. Takes the parser's events rather than its document model,
/// so that aliases, with which a short text can unfold without end, are refused before anything is built from them.
/// </summary>
internal sealed class YamlTree
{
    private const int MostDepth = 20;

    private readonly string _source;
    private readonly Parser _parser;
    private readonly FaultList _faults;

    private YamlTree(string source, TextReader text, FaultList faults)
    {
        _source = source;
        _parser = new Parser(text);
        _faults = faults;
    }

    /// <summary>Reads one document.</summary>
    /// <param name="source">The name to tell places by.</param>
    /// <param name="text">The YAML.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <returns>The root; null where the text is empty or cannot be read.</returns>
    public static ConfigurationNode? Read(string source, string text, FaultList faults)
    {
        using var reader = new StringReader(text);
        var tree = new YamlTree(source, reader, faults);
        try
        {
            return tree.ReadDocument();
        }
        catch (YamlException exception)
        {
            var place = new Place(source, exception.Start.Line, exception.Start.Column);
            faults.Add(place, "", $"this is not YAML: {OneLine(exception.Message)}");
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The library's scanner gives up on some texts with an exception of its own state.
            var last = tree._parser.Current;
            faults.Add(
                last is null ? new Place(source, 1, 1) : new Place(source, last.End.Line, last.End.Column), "",
                "this is not YAML from here on: a bracket or quote may be missing");
            return null;
        }
    }

    private ConfigurationNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(depth: 0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.TryConsume<StreamEnd>(out _))
        {
            _faults.Add(PlaceOf(_parser.Current!), "", "a second document begins here; put everything into one");
        }

        return root is ScalarNode { Value: null } ? null : root;
    }

    private ConfigurationNode ReadNode(int depth)
    {
        if (depth > MostDepth)
        {
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, "it is nested too deeply");
        }

        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return new ScalarNode(PlaceOf(scalar), ValueOf(scalar));
        }

        if (_parser.TryConsume<SequenceStart>(out var sequence))
        {
            return ReadSequence(sequence, depth);
        }

        if (_parser.TryConsume<MappingStart>(out var mapping))
        {
            return ReadMapping(mapping, depth);
        }

        throw new YamlException(
            _parser.Current!.Start, _parser.Current.End, "anchors and aliases are not supported; write the value out");
    }

    private SequenceNode ReadSequence(SequenceStart start, int depth)
    {
        var items = new List<ConfigurationNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new SequenceNode(PlaceOf(start), items);
    }

    private MappingNode ReadMapping(MappingStart start, int depth)
    {
        var mapping = new MappingNode(PlaceOf(start), []);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                throw new YamlException(_parser.Current!.Start, _parser.Current.End, "a key must be a plain word");
            }

            var entry = new MappingEntry(key.Value, PlaceOf(key), ReadNode(depth + 1));
            if (mapping.Find(key.Value) is { } first)
            {
                _faults.Add(entry.KeyPlace, key.Value, $"this key is given twice, first at {first.KeyPlace}; keep one");
            }
            else
            {
                mapping.Entries.Add(entry);
            }
        }

        return mapping;
    }

    private static string? ValueOf(Scalar scalar)
    {
        var isNull = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
        return isNull ? null : scalar.Value;
    }

    private Place PlaceOf(ParsingEvent parsed) => new(_source, parsed.Start.Line, parsed.Start.Column);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
