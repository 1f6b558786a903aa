namespace JobWatcher.Simulator.Scenarios;

/// <summary>
/// Translates between the cloud's clock and the scenario's own time, which runs alike before the start and faster
/// after it. So the same things happen at any speed.
/// </summary>
internal sealed class ScenarioClock(DateTimeOffset start, double speed)
{
    public DateTimeOffset ToScenario(DateTimeOffset time) => time <= start ? time : start + ((time - start) * speed);

    public DateTimeOffset ToCloud(DateTimeOffset time) => time <= start ? time : start + ((time - start) / speed);
}
