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

    [Fact]
    public void What_is_missed_again_and_again_is_let_be()
    {
        for (var repeat = 0; repeat < 100; repeat++)
        {
            _plan.Repeat(KillMoment.Committing);
        }

        Assert.Equal(5, _plan.Repeats);
        Assert.Contains(Next(_plan, 6), moment => moment != KillMoment.Committing);
    }

    private static KillMoment[] Next(KillPlan plan, int ends) => [.. Enumerable.Range(0, ends).Select(_ => plan.Next())];
}
