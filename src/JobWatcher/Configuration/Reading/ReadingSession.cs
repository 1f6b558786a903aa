using System.Globalization;
using JobWatcher.Configuration.Nodes;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.Text;

namespace JobWatcher.Configuration.Reading;

/// <summary>What the readers of one configuration share.</summary>
/// <param name="folder">Where relative paths start: the absolute path of the configuration file's folder.</param>
/// <param name="workingDirectory">Where the paths that are shown start: an absolute path.</param>
/// <param name="environment">The environment, for the vendor's own variables.</param>
internal sealed class ReadingSession(
    string folder, string workingDirectory, IReadOnlyDictionary<string, string> environment) : IDisposable
{
    /// <summary>All faults so far.</summary>
    public List<ConfigurationFault> Faults { get; } = [];

    /// <summary>All keys that a reader asked for, as <see cref="KeyPath.Pattern"/>.</summary>
    public SortedSet<string> KnownKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>The files.</summary>
    public SourceFiles Files { get; } = new();

    /// <summary>Makes a path absolute.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, folder);

    /// <summary>The short form of an absolute path: relative where it lies below the working directory.</summary>
    public string Shown(string path) => Path.GetRelativePath(workingDirectory, path) switch
    {
        ['.', '.', ..] => path,
        var relative => relative,
    };

    /// <summary>The value of an environment variable; null where it is not set or empty.</summary>
    public string? Variable(string name) =>
        environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>The value of an environment variable; null where it is not set, empty or, with its fault told, has a problem.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="problem">What is wrong with a text and the way out; null where nothing is.</param>
    public string? VariableText(string name, Func<string, string?> problem)
    {
        if (Variable(name) is not { } text || problem(text) is not { } message)
        {
            return Variable(name);
        }

        Fault(Place.Variable(name), KeyPath.Root, message, text);
        return null;
    }

    /// <summary>Tells a fault.</summary>
    public void Fault(Place place, KeyPath path, string message, string? value = null) =>
        Faults.Add(new ConfigurationFault(place, path.Text, value, message));

    /// <summary>A reader of a mapping, of an empty one for a null node; null where the node is anything else.</summary>
    public MappingReader? Mapping(ConfigurationNode? node, KeyPath path, Place place)
    {
        if (node is null or MappingNode or ScalarNode { IsNull: true })
        {
            return new MappingReader(node as MappingNode ?? new MappingNode(place, []), path, this);
        }

        Fault(node.Place, path, "must hold keys, each with a value");
        return null;
    }

    /// <summary>The items of a list with the environment's laid over them; empty for a null node.</summary>
    public IReadOnlyList<ConfigurationNode> Items(ConfigurationNode? node, KeyPath path)
    {
        switch (node)
        {
            case null or ScalarNode { IsNull: true }:
                return [];
            case SequenceNode { Overrides: null } list:
                return list.Items;
            case SequenceNode list:
                return Overridden(list.Items, list.Overrides, path);
            case MappingNode { Place.IsEnvironment: true } overrides:
                return Overridden([], overrides, path);
            default:
                Fault(node.Place, path, "must be a list, each item on a line of its own after a dash");
                return [];
        }
    }

    /// <summary>The items of a list of mappings; null for each that is faulty.</summary>
    public IReadOnlyList<T?> List<T>(ConfigurationNode? node, KeyPath path, Func<MappingReader, T?> read)
        where T : class =>
        [.. Items(node, path).Select((item, index) => Mapping(item, path.Item(index), item.Place)?.ReadAll(read))];

    /// <summary>A value that is one line of visible text; null where it is left out or faulty.</summary>
    public string? Text(ConfigurationNode? node, KeyPath path)
    {
        switch (node)
        {
            case null or ScalarNode { IsNull: true }:
                return null;
            case ScalarNode { Text: "" }:
                Fault(node.Place, path, "is empty; give a value or leave the key out");
                return null;
            case ScalarNode scalar when FaultText.FirstHidden(scalar.Text) is { } hidden:
                Fault(node.Place, path, $"holds the invisible character {hidden}; type the value anew, on one line");
                return null;
            case ScalarNode scalar:
                return scalar.Text;
            default:
                Fault(node.Place, path, $"takes one value, not {(node is SequenceNode ? "a list" : "keys of its own")}");
                return null;
        }
    }

    /// <summary>An address; null, with a fault, where it is none or has a problem of its own.</summary>
    public Uri? Address(string text, Place place, KeyPath path, Func<Uri, string?> problem)
    {
        if ((WebAddress.Problem(text, out var address) ?? problem(address!)) is not { } message)
        {
            return address;
        }

        Fault(place, path, message, WebAddress.MayHoldPassword(text) ? null : text);
        return null;
    }

    /// <summary>A key or token; null, with a fault that doesn't show it, where it can be none.</summary>
    public Secret? Secret(string text, Place place, KeyPath path)
    {
        if (HeaderFitness.Fits(text))
        {
            return new Secret(text);
        }

        Fault(place, path, "holds a space or another character that no key or token has; copy it anew");
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => Files.Dispose();

    private List<ConfigurationNode> Overridden(IReadOnlyList<ConfigurationNode> file, MappingNode overrides, KeyPath path)
    {
        var items = file.ToList();
        var byNumber = overrides.Entries.OrderBy(entry => entry.Key.Length).ThenBy(entry => entry.Key, StringComparer.Ordinal);
        foreach (var entry in byNumber)
        {
            var isIndex = int.TryParse(entry.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
            if (!isIndex || index > items.Count)
            {
                Fault(
                    entry.Value.Place, path with { Text = $"{path.Text}[{entry.Key}]" },
                    $"is not an item: those here are numbered from 0, the next new one is {items.Count}");
            }
            else if (index == items.Count)
            {
                items.Add(entry.Value);
            }
            else
            {
                items[index] = Overlay.Apply(items[index], entry.Value);
            }
        }

        return items;
    }
}
