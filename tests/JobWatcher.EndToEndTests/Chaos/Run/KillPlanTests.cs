namespace JobWatcher.EndToEndTests.Chaos.Run;

/// <summary>Each kind of end is tried in its share, and again where it was missed.</summary>
public sealed class KillPlanTests
{
    private readonly KillPlan _plan = new(new Random(1));

    [Fact]
    public void Every_fifteen_ends_hold_each_kind() =>
        Assert.Equal(Enum.GetValues<KillMoment>(), Enumerable.Range(0, 15).Select(_ => _plan.Next()).Distinct().Order());

    [Fact]
    public void What_was_missed_comes_next_and_once()
    {
        var planned = Next(new KillPlan(new Random(1)), 4);

        var first = _plan.Next();
        _plan.Repeat(first);

        Assert.Equal([first, .. planned[1..]], Next(_plan, 4));
    }

    private static KillMoment[] Next(KillPlan plan, int ends) => [.. Enumerable.Range(0, ends).Select(_ => plan.Next())];
}
