namespace JobWatcher.Simulator.Scenarios;

/// <summary>
/// Teams at work in every project: instances come and go, and jobs of all names run on them. What has happened by a
/// time depends on seed, project, start and that time alone, not on who looked when.
/// </summary>
public sealed record ScenarioOptions
{
    /// <value>
    /// How many times faster than in a real cloud things happen from the start on. Default: 1, a new job every six
    /// minutes on average; 60 shows something new every few seconds.
    /// </value>
    public double Speed { get; init; } = 1;

    /// <value>How far back the jobs go that the first listing shows. Default: two days.</value>
    public TimeSpan History { get; init; } = TimeSpan.FromDays(2);

    /// <value>Whether some instances have names that attack whatever shows them. Default: false.</value>
    public bool HostileNames { get; init; }
}
