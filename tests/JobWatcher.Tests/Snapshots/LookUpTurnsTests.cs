using JobWatcher.Snapshots;

namespace JobWatcher.Tests.Snapshots;

public sealed class LookUpTurnsTests
{
    private readonly LookUpTurns _turns = new();

    [Fact]
    public void A_list_that_was_cut_short_makes_no_storm_of_requests() =>
        Assert.Equal(LookUpTurns.InAPoll, _turns.Take(Ids(0, 1000)).Count);

    [Fact]
    public void Jobs_that_prove_nothing_for_ever_do_not_starve_the_others()
    {
        var looked = Enumerable.Range(0, 3).SelectMany(_ => _turns.Take(Ids(0, 50))).ToList();

        Assert.Equal(Ids(0, 50), looked.Take(50).Order());
        Assert.Equal(Ids(0, 10), looked.Skip(50));
    }

    [Fact]
    public void A_job_that_comes_later_has_its_turn_before_those_that_had_theirs()
    {
        _turns.Take(Ids(0, 30));

        var second = _turns.Take(Ids(0, 30).Append("new"));

        Assert.Equal(Ids(20, 10).Append("new").Concat(Ids(0, 9)).Order(), second.Order());
    }

    [Fact]
    public void A_job_that_needs_none_any_more_is_forgotten()
    {
        _turns.Take(Ids(0, 20));
        _turns.Take([]);

        Assert.Equal(Ids(0, 20), _turns.Take(Ids(0, 40)));
    }

    private static IEnumerable<string> Ids(int first, int count) =>
        Enumerable.Range(first, count).Select(number => $"job-{number:0000}");
}
