using JobWatcher.HuaweiCloud.Budget;

namespace JobWatcher.HuaweiCloud.Tests.Budget;

public sealed class BudgetPlanTests
{
    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(1, 1.0)]
    [InlineData(16, 1.0)]
    [InlineData(17, 1.0625)]
    [InlineData(40, 2.5)]
    public void Intervals_stretch_where_the_polls_need_more_than_four_fifths(int targets, double factor)
    {
        var polls = Enumerable.Repeat((TimeSpan.FromSeconds(30), 1), targets);

        Assert.Equal(factor, BudgetPlan.Factor(200, TimeSpan.FromMinutes(5), polls), precision: 6);
    }

    [Fact]
    public void Stretched_by_the_factor_the_polls_fit()
    {
        (TimeSpan Interval, int Requests)[] polls = [(TimeSpan.FromSeconds(1), 1), (TimeSpan.FromSeconds(7), 3), (TimeSpan.FromMinutes(9), 20)];
        var factor = BudgetPlan.Factor(200, TimeSpan.FromMinutes(5), polls);

        var stretched = polls.Select(poll => (poll.Interval * factor, poll.Requests));

        Assert.True(factor > 1);
        Assert.Equal(BudgetPlan.Share, BudgetPlan.Need(new RequestRate(200, TimeSpan.FromMinutes(5)), stretched), precision: 3);
    }
}
