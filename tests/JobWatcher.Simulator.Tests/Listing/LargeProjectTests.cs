using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Tests.Listing;

public sealed class LargeProjectTests(LargeProjectTests.LargeProject large)
    : IClassFixture<LargeProjectTests.LargeProject>
{
    private const int Jobs = 100_000;

    // A binary search for either bound of a window, once for the page and once for what a fault may move.
    private const int MostVisitsBesidePage = 4 * 17;

    [Theory]
    [InlineData("?limit=50", 50, Jobs)]
    [InlineData("?limit=50&offset=2000", 50, Jobs)]
    [InlineData("?limit=50&offset=2001", 0, Jobs)]
    [InlineData("?limit=50&status=Running", 50, Jobs / 2)]
    [InlineData("?limit=50&status=Failed", 0, 0)]
    [InlineData("?limit=50&job_name=RebootGaussDBforMySQLInstance", 50, 4167)]
    [InlineData("?limit=10&start_time=2026-11-24T13:20:00%2B0000", 10, 3601)]
    [InlineData("?limit=50&start_time=2026-11-24T00:00:00%2B0000&end_time=2026-11-24T12:00:00%2B0000", 50, 43201)]
    [InlineData("?limit=50&job_id=77777", 1, 1)]
    public async Task A_page_costs_no_more_than_itself_and_a_few_binary_searches(string query, int shown, int total)
    {
        var before = large.Cloud.Project.Visits;

        var listing = await large.Cloud.ListAsync(query);

        Assert.Equal((shown, total), (listing.Ids.Count, listing.TotalCount));
        Assert.InRange(large.Cloud.Project.Visits - before, shown, shown + MostVisitsBesidePage);
    }

    [Fact]
    public void A_change_costs_a_few_binary_searches()
    {
        var project = large.Cloud.Project;
        var before = project.Visits;

        project.Put(SimulatedJob.Pending(JobNames.All[0], TestCloud.Start.AddDays(-1), "new"));
        project.Update("new", job => job.Failed(TestCloud.Start));
        project.Remove("new");

        // Each job is in four lists.
        Assert.InRange(project.Visits - before, 1, 4 * 4 * 18);
    }

    [Fact]
    public void The_whole_list_visits_each_job_once()
    {
        var before = large.Cloud.Project.Visits;

        var all = large.Cloud.Project.Jobs;

        Assert.Equal(Jobs, all.Count);
        Assert.Equal(Jobs, large.Cloud.Project.Visits - before);
    }

    /// <summary>Built once: its tests leave it as they found it.</summary>
    public sealed class LargeProject : IAsyncLifetime
    {
        internal TestCloud Cloud { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Cloud = await TestCloud.StartAsync();
            Cloud.Project.PutAll(Enumerable.Range(0, Jobs).Select(Job));
        }

        public ValueTask DisposeAsync() => Cloud.DisposeAsync();

        private static SimulatedJob Job(int number)
        {
            var created = TestCloud.Start.AddSeconds(-number);
            var job = SimulatedJob.Pending(JobNames.All[number % JobNames.All.Count], created, $"{number}");
            return number % 2 == 0 ? job : job.Running("30%");
        }
    }
}
