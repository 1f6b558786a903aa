namespace JobWatcher.Configuration;

/// <summary>Collects everything that is wrong, so that a user mends it in one go.</summary>
internal sealed class FaultList
{
    private readonly List<ConfigurationFault> _faults = [];

    /// <summary>Whether anything is wrong.</summary>
    public bool Any => _faults.Count > 0;

    /// <summary>The faults, in the order of their places.</summary>
    public IReadOnlyList<ConfigurationFault> InOrder =>
    [
        .. _faults
            .Distinct()
            .OrderBy(fault => fault.Place.Source, StringComparer.Ordinal)
            .ThenBy(fault => fault.Place.Line)
            .ThenBy(fault => fault.Place.Column),
    ];

    /// <summary>Adds one.</summary>
    public void Add(Place place, string key, string message) => _faults.Add(new ConfigurationFault(place, key, message));
}
