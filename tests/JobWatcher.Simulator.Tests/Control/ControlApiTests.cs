using System.Net;
using System.Text.Json;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Tests.Control;

public sealed class ControlApiTests
{
    private const string Jobs = $"projects/{ProjectOptions.ExampleId}/jobs";

    [Fact]
    public async Task Jobs_of_the_apis_own_shape_can_be_put()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var put = await SendAsync(cloud, HttpMethod.Put, Jobs, WithoutCount(Vectors.ExampleListing));

        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        var listing = await cloud.ListAsync();
        Assert.Equal(2, listing.TotalCount);
        var newest = listing.Json.GetProperty("jobs")[0];
        Assert.Equal("Single task exception.", newest.GetProperty("fail_reason").GetString());
    }

    [Fact]
    public async Task A_job_needs_an_id_alone()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var put = await SendAsync(cloud, HttpMethod.Put, Jobs, """{"jobs":[{"job_id":"a"}]}""");

        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        Assert.Equal(TestCloud.Start, cloud.Project.Find("a")!.Created);
    }

    [Fact]
    public async Task A_job_can_be_changed_field_by_field_and_ends_now()
    {
        await using var cloud = await StartWithJobAsync();

        using var patch = await SendAsync(
            cloud, HttpMethod.Patch, $"{Jobs}/a", """{"status":"Failed","fail_reason":"No space."}""");

        Assert.Equal(HttpStatusCode.OK, patch.StatusCode);
        var job = cloud.Project.Find("a")!;
        Assert.Equal(("Failed", "No space.", TestCloud.Start), (job.Status, job.FailReason, job.Ended));
    }

    [Fact]
    public async Task A_job_can_be_removed_and_all_can()
    {
        await using var cloud = await StartWithJobAsync();

        using var one = await SendAsync(cloud, HttpMethod.Delete, $"{Jobs}/a");
        using var again = await SendAsync(cloud, HttpMethod.Delete, $"{Jobs}/a");
        using var all = await SendAsync(cloud, HttpMethod.Delete, Jobs);

        Assert.Equal(
            [HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.NoContent],
            new[] { one.StatusCode, again.StatusCode, all.StatusCode });
        Assert.Empty(cloud.Project.Jobs);
    }

    [Theory]
    [InlineData("PUT", Jobs, """{"jobs":[{"job_id":"a","colour":"red"}]}""", HttpStatusCode.BadRequest, "colour")]
    [InlineData("PUT", Jobs, """{"jobs":[{"job_name":"x"}]}""", HttpStatusCode.BadRequest, "job_id")]
    [InlineData("PUT", Jobs, """{"jobs":""", HttpStatusCode.BadRequest, "")]
    [InlineData("PUT", Jobs, "null", HttpStatusCode.BadRequest, "null")]
    [InlineData("PATCH", $"{Jobs}/a", """{"status":7}""", HttpStatusCode.BadRequest, "status")]
    [InlineData("PATCH", $"{Jobs}/b", """{"status":"Failed"}""", HttpStatusCode.NotFound, "There is no job b")]
    [InlineData("GET", "projects/none/jobs", null, HttpStatusCode.NotFound, "none")]
    [InlineData("POST", "faults", """{"stauts":503}""", HttpStatusCode.BadRequest, "stauts")]
    [InlineData("POST", "faults", """{"status":42}""", HttpStatusCode.BadRequest, "from 200 to 599")]
    [InlineData("POST", "faults", """{"latency_seconds":1e300}""", HttpStatusCode.BadRequest, "out of range")]
    [InlineData("DELETE", "faults/7", null, HttpStatusCode.NotFound, "fault 7")]
    public async Task A_bad_request_is_told_why(
        string method, string path, string? body, HttpStatusCode status, string reason)
    {
        await using var cloud = await StartWithJobAsync();

        using var response = await SendAsync(cloud, new HttpMethod(method), path, body);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_served_is_told()
    {
        await using var cloud = await StartWithJobAsync();
        await cloud.ListAsync();

        using var response = await SendAsync(cloud, HttpMethod.Get, $"projects/{ProjectOptions.ExampleId}/served");

        var told = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        var served = told.GetProperty("jobs").GetProperty("a");
        Assert.Equal("Pending", served[0].GetProperty("status").GetString());
        Assert.Equal(TestCloud.Start, served[0].GetProperty("time").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_request_log_leaves_control_calls_out()
    {
        await using var cloud = await StartWithJobAsync();
        await cloud.ListAsync("?limit=20");

        using var response = await SendAsync(cloud, HttpMethod.Get, "requests");

        var log = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(1, log.GetProperty("total").GetInt32());
        var request = log.GetProperty("requests")[0];
        Assert.Equal("?limit=20", request.GetProperty("query").GetString());
        Assert.Equal("ListImmediateJobs", request.GetProperty("operation").GetString());
        Assert.Equal(200, request.GetProperty("status").GetInt32());
        Assert.DoesNotContain("token-example", log.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_can_be_put_shown_and_cleared()
    {
        await using var cloud = await StartWithJobAsync();

        using var put = await SendAsync(
            cloud,
            HttpMethod.Post,
            "faults",
            """{"operation":"ListImmediateJobs","count":5,"status":503,"latency_seconds":0.5}""");
        using var shown = await SendAsync(cloud, HttpMethod.Get, "faults");
        var inForce = cloud.Server.Cloud.Faults.Snapshot().Single();
        using var cleared = await SendAsync(cloud, HttpMethod.Delete, $"faults/{inForce.Id}");

        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        var fault = inForce.Fault;
        Assert.Equal((503, 5, TimeSpan.FromSeconds(0.5)), (fault.Status, fault.Count, fault.Latency));
        Assert.Contains("\"latency_seconds\":0.5", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, cleared.StatusCode);
        Assert.Empty(cloud.Server.Cloud.Faults.Snapshot());
    }

    [Fact]
    public async Task No_fault_hits_the_control_api()
    {
        await using var cloud = await StartWithJobAsync();
        cloud.Server.Cloud.Faults.Put(new Fault { ResetsConnection = true });

        using var response = await SendAsync(cloud, HttpMethod.Get, Jobs);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_reset_leaves_nothing_that_a_test_put_or_caused()
    {
        await using var cloud = await StartWithJobAsync();
        await cloud.ListAsync();
        cloud.Server.Cloud.Faults.Put(Fault.Error(503));

        using var response = await SendAsync(cloud, HttpMethod.Post, "reset");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Empty(cloud.Project.Jobs);
        Assert.Empty(cloud.Project.ServedStatuses);
        Assert.Empty(cloud.Server.Cloud.Faults.Snapshot());
        Assert.Equal(0, cloud.Server.Cloud.Requests.Total);
    }

    private static async Task<TestCloud> StartWithJobAsync()
    {
        var cloud = await TestCloud.StartAsync();
        cloud.Project.Put(SimulatedJob.Pending("RebootGaussDBforMySQLInstance", TestCloud.Start, "a"));
        return cloud;
    }

    private static Task<HttpResponseMessage> SendAsync(
        TestCloud cloud, HttpMethod method, string path, string? body = null)
        => cloud.ControlAsync(method.Method, path, body);

    private static string WithoutCount(string listing)
        => $$"""{"jobs":{{JsonDocument.Parse(listing).RootElement.GetProperty("jobs").GetRawText()}}}""";
}
