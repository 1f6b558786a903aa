namespace JobWatcher.Simulator.Scenarios;

/// <summary>An instance over time. A job shows its instance's name and status as they are when it is listed.</summary>
internal sealed class InstanceStory
{
    private readonly List<InstanceState> states = [];

    public InstanceStory(string id, InstanceState first)
    {
        Id = id;
        states.Add(first);
    }

    public string Id { get; }

    /// <summary>Its listed jobs.</summary>
    public List<JobStory> Jobs { get; } = [];

    /// <summary>When its last job ends; <see cref="DateTimeOffset.MaxValue"/> where that one hangs.</summary>
    public DateTimeOffset BusyUntil { get; set; } = DateTimeOffset.MinValue;

    public bool IsGone { get; set; }

    public int Nodes { get; set; } = 2;

    public bool HasProxy { get; set; }

    public bool HasAddress { get; set; }

    /// <summary>The state after everything that is decided already.</summary>
    public InstanceState Last => states[^1];

    public InstanceState At(DateTimeOffset time) => states.FindLast(state => state.From <= time) ?? states[0];

    public void Become(DateTimeOffset from, string name, string status)
    {
        if ((name, status) != (Last.Name, Last.Status))
        {
            states.Add(new InstanceState(from, name, status));
        }
    }
}
