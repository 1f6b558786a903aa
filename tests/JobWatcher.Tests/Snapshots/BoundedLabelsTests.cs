using CsCheck;
using JobWatcher.Snapshots;
using JobWatcher.Tests.Reporting.Metrics;

namespace JobWatcher.Tests.Snapshots;

public sealed class BoundedLabelsTests
{
    [Fact]
    public void A_known_text_keeps_its_own_value_even_beyond_the_limit()
    {
        var labels = BoundedLabels.Starting(["a", "b", "c"], limit: 1);

        Assert.Equal(["a", "b", "c"], new[] { "a", "b", "c" }.Select(labels.Of));
    }

    [Fact]
    public void The_first_others_keep_theirs_and_the_rest_become_other()
    {
        var labels = BoundedLabels.Starting(["a"], limit: 3).Admitting(["x", "y", "z"]);

        Assert.Equal(["a", "x", "y", "other"], new[] { "a", "x", "y", "z" }.Select(labels.Of));
    }

    [Fact]
    public void A_text_that_was_not_admitted_is_other() =>
        Assert.Equal("other", BoundedLabels.Starting(["a"], limit: 3).Of("x"));

    [Fact]
    public void No_text_is_unknown_and_takes_no_place()
    {
        var labels = BoundedLabels.Starting([], limit: 1).Admitting(["", "x"]);

        Assert.Equal(("unknown", "x"), (labels.Of(""), labels.Of("x")));
    }

    [Fact]
    public void A_value_once_admitted_stays_whatever_comes_later()
    {
        var labels = BoundedLabels.Starting([], limit: 1).Admitting(["x"]).Admitting(["y"]);

        Assert.Equal(("x", "other"), (labels.Of("x"), labels.Of("y")));
    }

    [Fact]
    public void A_hostile_text_is_cleaned_before_it_is_compared()
    {
        var labels = BoundedLabels.Starting([], limit: 5).Admitting(["a\u202eb"]);

        Assert.Equal("a\uFFFDb", labels.Of("a\u202eb"));
    }

    [Fact]
    public void Nothing_new_gives_the_same_set()
    {
        var labels = BoundedLabels.Starting(["a"], limit: 5);

        Assert.Same(labels, labels.Admitting(["a", ""]));
    }

    [Fact]
    public void However_many_texts_come_the_values_stay_few() =>
        Gen.Select(Gen.String.Array[0, 50].Array[0, 5], Gen.Int[0, 10]).Sample((batches, limit) =>
        {
            var labels = batches.Aggregate(
                BoundedLabels.Starting(["a", "b"], limit), (before, batch) => before.Admitting(batch));

            var values = batches.SelectMany(batch => batch).Select(labels.Of).ToHashSet(StringComparer.Ordinal);

            return values.Count <= Math.Max(limit, 2) + 2;
        });
}
