using System.Net;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Tests.Faults;

public sealed class ListingFaultTests
{
    [Fact]
    public async Task Malformed_jobs_head_the_list_and_count()
    {
        await using var cloud = await StartAsync(new Fault { MalformedJobs = 12 });

        using var first = await cloud.GetAsync("?limit=10");
        using var second = await cloud.GetAsync("?limit=10&offset=2");

        var firstText = await first.Content.ReadAsStringAsync();
        var secondText = await second.Content.ReadAsStringAsync();
        Assert.StartsWith("{\"jobs\":[{},null,42,", firstText, StringComparison.Ordinal);
        Assert.Contains("\"total_count\":27", firstText, StringComparison.Ordinal);
        Assert.Contains("\\ud800", secondText, StringComparison.Ordinal);
        Assert.Equal(8, secondText.Split("\"job_id\":\"job").Length - 1);
    }

    [Theory]
    [InlineData(+4, 19)]
    [InlineData(-15, 0)]
    public async Task The_total_count_can_be_a_lie(int offset, int told)
    {
        await using var cloud = await StartAsync(new Fault { TotalCountOffset = offset });

        var listing = await cloud.ListAsync();

        Assert.Equal(told, listing.TotalCount);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(15, 15)]
    public async Task Pages_can_be_shorter_and_longer_than_their_limit(int size, int shown)
    {
        await using var cloud = await StartAsync(new Fault { PageSize = size });

        var listing = await cloud.ListAsync("?limit=10");

        Assert.Equal(shown, listing.Ids.Count);
    }

    [Fact]
    public async Task Jobs_can_appear_between_pages()
    {
        await using var cloud = await StartAsync(new Fault { InsertAfterPage = 2, Count = 1 });

        var first = await cloud.ListAsync("?limit=10");
        var second = await cloud.ListAsync("?limit=10&offset=2");

        Assert.Equal(["job08", "job09"], first.Ids.Intersect(second.Ids).Order());
        Assert.Equal(17, second.TotalCount);
    }

    [Fact]
    public async Task Jobs_can_disappear_between_pages()
    {
        await using var cloud = await StartAsync(new Fault { RemoveAfterPage = 2, Count = 1 });

        var first = await cloud.ListAsync("?limit=10");
        var second = await cloud.ListAsync("?limit=10&offset=2");

        Assert.Equal(["job12", "job13", "job14"], second.Ids.Order());
        Assert.DoesNotContain("job10", first.Ids.Concat(second.Ids));
        Assert.Equal(13, second.TotalCount);
    }

    [Fact]
    public async Task A_list_can_have_no_end()
    {
        await using var cloud = await StartAsync(new Fault { Endless = true });

        var second = await cloud.ListAsync("?limit=10&offset=2");
        var far = await cloud.ListAsync("?limit=10&offset=1000");
        var farAgain = await cloud.ListAsync("?limit=10&offset=1000");

        Assert.Equal(10, second.Ids.Count);
        Assert.Equal(10, far.Ids.Count);
        Assert.Empty(far.Ids.Intersect(farAgain.Ids));
        Assert.Equal(5, cloud.Project.ServedStatuses.Count);
    }

    [Fact]
    public async Task A_list_can_lag_behind()
    {
        await using var cloud = await StartAsync();
        cloud.Clock.Advance(TimeSpan.FromSeconds(10));
        cloud.Project.Update("job00", job => job.Running());
        cloud.Project.Remove("job01");
        cloud.Project.Put(SimulatedJob.Pending(JobNames.All[0], TestCloud.Start.AddSeconds(10), "new"));
        cloud.Server.Cloud.Faults.Put(new Fault { Lag = TimeSpan.FromSeconds(5) });

        var lagging = await cloud.ListAsync("?limit=20&status=Pending");
        cloud.Clock.Advance(TimeSpan.FromSeconds(5));
        var later = await cloud.ListAsync("?limit=20&status=Pending");

        Assert.Equal(15, lagging.Ids.Count);
        Assert.Equal("job00", lagging.Ids[0]);
        Assert.DoesNotContain("new", lagging.Ids);
        Assert.Equal(14, later.Ids.Count);
        Assert.Equal("new", later.Ids[0]);
    }

    [Fact]
    public async Task Windows_can_be_ignored()
    {
        await using var cloud = await StartAsync(new Fault { IgnoresWindow = true });

        var listing = await cloud.ListAsync("?start_time=2030-01-01T00:00:00%2B0000");

        Assert.Equal(15, listing.TotalCount);
    }

    [Fact]
    public async Task Job_ids_can_be_ignored()
    {
        await using var cloud = await StartAsync(new Fault { IgnoresJobId = true });

        var listing = await cloud.ListAsync("?job_id=unknown");

        Assert.Equal(15, listing.TotalCount);
    }

    [Theory]
    [InlineData(0, "HTTP/1.1 200")]
    [InlineData(16, "HTTP/1.1 401")]
    [InlineData(-20, "HTTP/1.1 401")]
    public async Task The_clock_of_the_signature_check_can_be_off(int minutes, string expected)
    {
        await using var cloud = await StartAsync(new Fault { ClockSkew = TimeSpan.FromMinutes(minutes) });
        var vector = Vectors.Requests[0];

        var answer = await RawRequest.SendAsync(cloud.Server.BaseAddress, vector.Method, vector.Target, vector.Headers);

        Assert.StartsWith(expected, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_can_be_expired()
    {
        await using var cloud = await StartAsync(new Fault { ExpiredTokens = true, Count = 1 });

        using var refused = await cloud.GetAsync();
        using var accepted = await cloud.GetAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
    }

    [Fact]
    public async Task Security_tokens_can_be_expired()
    {
        var vector = Vectors.Requests.Single(vector => vector.SecurityToken is not null);
        await using var cloud = await TestCloud.StartAsync(new()
        {
            Accounts = [SimulatedAccount.Example with { SecurityToken = vector.SecurityToken }],
        });
        cloud.Server.Cloud.Faults.Put(new Fault { ExpiredTokens = true });

        var answer = await RawRequest.SendAsync(cloud.Server.BaseAddress, vector.Method, vector.Target, vector.Headers);

        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
    }

    private static async Task<TestCloud> StartAsync(params Fault[] faults)
    {
        var cloud = await TestCloud.StartAsync();
        cloud.Project.PutAll(Enumerable.Range(0, 15).Select(number =>
            SimulatedJob.Pending(JobNames.All[number], TestCloud.Start.AddSeconds(-number), $"job{number:00}")));
        foreach (var fault in faults)
        {
            cloud.Server.Cloud.Faults.Put(fault);
        }

        return cloud;
    }
}
