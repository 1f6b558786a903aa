using System.Net;
using System.Text.Json;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Jobs;
using JobWatcher.Simulator.Requests;

namespace JobWatcher.Simulator.Tests.Faults;

public sealed class FaultTests
{
    public static TheoryData<int> Statuses
        => [400, 401, 403, 404, 405, 408, 409, 413, 418, 429, 500, 501, 502, 503, 504];

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Any_status_can_be_answered_with_an_error_body(int status)
    {
        await using var cloud = await StartAsync(Fault.Error(status));

        using var response = await cloud.GetAsync();

        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotEmpty(body.GetProperty("error_code").GetString()!);
        Assert.NotEmpty(body.GetProperty("error_msg").GetString()!);
    }

    [Fact]
    public async Task Throttling_tells_its_limit_and_when_to_come_again()
    {
        await using var cloud = await StartAsync(Fault.Throttled("policy ip over ratelimit,limit:5,time:1 second", 7));

        using var response = await cloud.GetAsync();

        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter!.Delta);
        Assert.Contains("APIGW.0308", body, StringComparison.Ordinal);
        Assert.Contains("limit:5,time:1 second", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_no_json()
    {
        await using var cloud = await StartAsync(Fault.Html(502));

        using var response = await cloud.GetAsync();

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<!DOCTYPE", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_can_be_empty()
    {
        await using var cloud = await StartAsync(Fault.Empty());

        using var response = await cloud.GetAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_body_can_be_any_bytes()
    {
        byte[] bytes = [0xFF, 0xFE, 0, 0x7B];
        await using var cloud = await StartAsync(new Fault { BodyBytes = bytes });

        using var response = await cloud.GetAsync();

        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_truncated_body_ends_before_its_announced_length_and_counts_as_not_served()
    {
        await using var cloud = await StartAsync(new Fault { TruncateAfterBytes = 20 });

        var answer = await RawRequest.SendAsync(
            cloud.Server.BaseAddress,
            Vectors.Requests[0].Method,
            Vectors.Requests[0].Target,
            Vectors.Requests[0].Headers);

        var body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Equal(20, body.Length);
        Assert.StartsWith("{\"jobs\":[{\"instance", body, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => cloud.GetAsync());
        Assert.Empty(cloud.Project.ServedStatuses);
    }

    [Fact]
    public async Task A_dripping_body_arrives_whole_as_time_goes_by()
    {
        await using var cloud = await StartAsync(new Fault { DripBytes = 200, DripInterval = TimeSpan.FromSeconds(3) });

        var listing = cloud.ListAsync();
        await cloud.AdvanceUntilAsync(listing, TimeSpan.FromSeconds(1));

        Assert.Equal(3, (await listing).Ids.Count);
        Assert.InRange(cloud.Clock.GetUtcNow() - TestCloud.Start, TimeSpan.FromSeconds(9), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task The_last_drip_ends_the_answer_so_that_the_next_request_of_its_connection_waits_for_nothing()
    {
        await using var cloud = await StartAsync(new Fault { DripBytes = 100_000 });

        await cloud.ListAsync();

        Assert.Equal(3, (await cloud.ListAsync()).Ids.Count);
    }

    [Fact]
    public async Task Latency_holds_the_answer_back()
    {
        await using var cloud = await StartAsync(new Fault { Latency = TimeSpan.FromSeconds(30) });

        var listing = cloud.ListAsync();
        await cloud.WaitForRequestsAsync(1);
        var answeredAtOnce = listing.IsCompleted;
        await cloud.AdvanceUntilAsync(listing, TimeSpan.FromSeconds(30));

        Assert.False(answeredAtOnce);
        Assert.Equal(3, (await listing).Ids.Count);
    }

    [Fact]
    public async Task A_reset_connection_gives_no_answer()
    {
        await using var cloud = await StartAsync(new Fault { ResetsConnection = true });

        await Assert.ThrowsAsync<HttpRequestException>(() => cloud.GetAsync());

        Assert.Null(cloud.Server.Cloud.Requests.Snapshot()[0].Status);
    }

    [Fact]
    public async Task A_server_that_never_answers_can_be_stopped()
    {
        var cloud = await StartAsync(new Fault { NeverAnswers = true });

        var request = cloud.GetAsync();
        await cloud.WaitForRequestsAsync(1);
        cloud.Clock.Advance(TimeSpan.FromHours(1));
        var answered = request.IsCompleted;
        await cloud.Server.DisposeAsync();

        Assert.False(answered);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => request);
    }

    [Fact]
    public async Task A_fault_hits_as_often_as_it_says()
    {
        await using var cloud = await StartAsync(new Fault { Status = 503, Skip = 1, Count = 2 });

        var statuses = new List<int>();
        for (var number = 0; number < 4; number++)
        {
            using var response = await cloud.GetAsync();
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([200, 503, 503, 200], statuses);
        Assert.Empty(cloud.Server.Cloud.Faults.Snapshot());
    }

    [Fact]
    public async Task A_fault_hits_its_project_and_operation_alone()
    {
        var other = "0123456789abcdef0123456789abcdef";
        await using var cloud = await TestCloud.StartAsync(new() { Projects = [new(), new() { Id = other }] });
        cloud.Server.Cloud.Faults.Put(new Fault { Project = other, Status = 503 });
        cloud.Server.Cloud.Faults.Put(new Fault { Operation = ApiOperation.CreateToken, Status = 500 });

        using var first = await cloud.GetAsync();
        using var second = await cloud.GetAsync(project: other);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
    }

    [Fact]
    public async Task A_cleared_fault_hits_no_more()
    {
        await using var cloud = await StartAsync();
        var id = cloud.Server.Cloud.Faults.Put(Fault.Error(503));

        var cleared = cloud.Server.Cloud.Faults.Clear(id);
        using var response = await cloud.GetAsync();

        Assert.True(cleared);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Several_faults_act_together_and_the_later_wins()
    {
        await using var cloud = await StartAsync(
            new Fault { TotalCountOffset = 5, DateOffset = TimeSpan.FromHours(1) },
            new Fault { TotalCountOffset = -1 });

        using var response = await cloud.GetAsync();

        var listing = TestListing.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(2, listing.TotalCount);
        Assert.Equal(TestCloud.Start.AddHours(1), response.Headers.Date);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(600)]
    public void A_status_that_is_none_is_refused(int status)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new FaultBook().Put(Fault.Error(status)));

    [Fact]
    public void Negative_numbers_are_refused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => new FaultBook().Put(new Fault { MalformedJobs = -1 }));

    private static async Task<TestCloud> StartAsync(params Fault[] faults)
    {
        var cloud = await TestCloud.StartAsync();
        cloud.Project.PutAll(JobNames.All.Take(3).Select(name => SimulatedJob.Pending(name, TestCloud.Start)));
        foreach (var fault in faults)
        {
            cloud.Server.Cloud.Faults.Put(fault);
        }

        return cloud;
    }
}
