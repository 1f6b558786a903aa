using JobWatcher.Configuration.Nodes;

namespace JobWatcher.Configuration.Reading;

/// <summary>
/// Reads the keys of one mapping by name and kind. What is left out and what is faulty both read as null, the latter with
/// its fault told, so that reading goes on and finds all faults. A key that nobody asked for is an unknown one. So a new
/// key is a property of its section's record, a line in the section's <c>Read</c>, and a row of the reference page.
/// </summary>
internal sealed partial class MappingReader(MappingNode mapping, KeyPath path, ReadingSession session)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>What all readers share.</summary>
    public ReadingSession Session => session;

    /// <summary>Whether a key has a value, faulty or not.</summary>
    public bool Has(string key) => Value(key) is not (null or ScalarNode { IsNull: true });

    /// <summary>Where a key's value stands; where this mapping begins if it has none.</summary>
    public Place PlaceOf(string key) => mapping.Find(key)?.Value.Place ?? mapping.Place;

    /// <summary>Tells a fault of a key's value.</summary>
    public void Fault(string key, string message, string? value = null) =>
        session.Fault(PlaceOf(key), path.Key(key), message, value);

    /// <summary>Tells a fault of this mapping.</summary>
    public void Fault(string message) => session.Fault(mapping.Place, path, message);

    /// <summary>Tells each key that nobody asked for.</summary>
    public void ReportUnknownKeys()
    {
        var known = _known.Select(mapping.Find).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var entry in mapping.Entries.Where(entry => !known.Contains(entry)))
        {
            var hint = Closest.To(entry.Key, _known) is { } closest
                ? $"did you mean {closest}?"
                : $"known here are {string.Join(", ", _known)}";
            foreach (var place in PlacesOf(entry))
            {
                session.Fault(place, path.Key(entry.Key), $"is not a known key; {hint}");
            }
        }
    }

    // A file's key is one fault, whatever lies below it; of the environment each variable is to be named.
    private static IEnumerable<Place> PlacesOf(MappingEntry entry) =>
        entry is { KeyPlace.IsEnvironment: true, Value: MappingNode below }
            ? below.Entries.SelectMany(PlacesOf)
            : [entry.KeyPlace];

    private ConfigurationNode? Value(string key)
    {
        if (_known.Add(key))
        {
            session.KnownKeys.Add(path.Key(key).Pattern);
        }

        return mapping.Find(key)?.Value;
    }
}
