using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Requests;

namespace JobWatcher.Simulator.Tests.Requests;

public sealed class RequestLogTests
{
    [Fact]
    public async Task A_request_is_logged_without_its_secrets()
    {
        await using var cloud = await TestCloud.StartAsync();
        var vector = Vectors.Requests.Single(vector => vector.Name == "status-and-page");

        await RawRequest.SendAsync(cloud.Server.BaseAddress, vector.Method, vector.Target, vector.Headers);
        using var response = await cloud.GetAsync("?limit=11");

        var log = cloud.Server.Cloud.Requests.Snapshot();
        Assert.Equal(
            new LoggedRequest(
                TestCloud.Start,
                "GET",
                $"/v3/{ProjectOptions.ExampleId}/immediate-jobs",
                "?status=Failed&offset=1&limit=50",
                ApiOperation.ListImmediateJobs,
                ProjectOptions.ExampleId,
                SimulatedAccount.Example.AccessKey).ToString(),
            log[0].ToString().Replace("Status = 200", "Status = ", StringComparison.Ordinal));
        Assert.Equal([200, 400], log.Select(request => request.Status));
    }

    [Fact]
    public void The_log_is_bounded_and_its_total_is_not()
    {
        var log = new RequestLog();

        for (var number = 0; number < RequestLog.Capacity + 5; number++)
        {
            log.Add(new LoggedRequest(TestCloud.Start, "GET", $"/{number}", "", null, null, null));
        }

        Assert.Equal(RequestLog.Capacity, log.Snapshot().Count);
        Assert.Equal("/5", log.Snapshot()[0].Path);
        Assert.Equal(RequestLog.Capacity + 5, log.Total);
    }
}
