namespace JobWatcher.Tests.Soak;

/// <summary>How often what goes wrong, in a minute.</summary>
/// <param name="Faults">Faults of the cloud that hit one project, for each of them.</param>
/// <param name="Outages">Faults of the cloud that hit all.</param>
/// <param name="StoreFaults">Faults of the watcher's own store.</param>
/// <param name="Restarts">Restarts of the watcher.</param>
internal sealed record Climate(double Faults, double Outages, double StoreFaults, double Restarts)
{
    /// <summary>So bad that an hour has some of everything.</summary>
    public static readonly Climate OfAnHour = new(Faults: 0.08, Outages: 0.05, StoreFaults: 0.08, Restarts: 0.05);

    /// <summary>Bad for a day.</summary>
    public static readonly Climate OfADay = new(Faults: 0.015, Outages: 0.004, StoreFaults: 0.01, Restarts: 0.004);
}
