using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.Tests.Wire;

namespace JobWatcher.HuaweiCloud.Tests.ImmediateJobs;

public sealed class LookUpTests
{
    private const string JobId = "0c3fef91-59ba-4bcf-9a16-a57ed3b11f65";
    private const string Job = $$"""{"job_id": "{{JobId}}", "status": "Failed"}""";
    private const string Other = """{"job_id": "other", "status": "Failed"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData($$"""{"jobs": [{{Job}}], "total_count": 1}""", LookUpVerdict.Found)]
    [InlineData($$"""{"jobs": [{{Other}}, {{Job}}], "total_count": 2}""", LookUpVerdict.Found)]
    [InlineData($$"""{"jobs": [{{Other}}], "total_count": 1}""", LookUpVerdict.Unproven)]
    [InlineData($$"""{"jobs": [{{Other}}], "total_count": 0}""", LookUpVerdict.Unproven)]
    [InlineData($$"""{"jobs": [{{Other}}]}""", LookUpVerdict.Unproven)]
    [InlineData($$"""{"jobs": [{"job_id": "{{JobId}}"}], "total_count": 1}""", LookUpVerdict.Unproven)]
    [InlineData("""{"jobs": [], "total_count": 0}""", LookUpVerdict.Gone)]
    [InlineData("""{"jobs": null, "total_count": 0}""", LookUpVerdict.Gone)]
    [InlineData("<html></html>", LookUpVerdict.Unproven)]
    public async Task A_list_tells(string body, LookUpVerdict verdict)
    {
        var (lookUp, requests) = await FindAsync(_ => WireAnswer.Json(body));

        Assert.Equal(verdict, lookUp.Verdict);
        Assert.Equal(verdict is LookUpVerdict.Found ? JobId : null, lookUp.Job?.JobId);
        var request = Assert.Single(requests);
        Assert.Equal(JobId, request.Parameter("job_id"));
        Assert.Null(request.Parameter("start_time"));
        Assert.Null(request.Parameter("end_time"));
    }

    [Theory]
    [InlineData(404, "DBS.200001", "The job does not exist.", LookUpVerdict.Gone)]
    [InlineData(400, "DBS.280404", $"Invalid parameter: {JobId}.", LookUpVerdict.Gone)]
    [InlineData(404, "APIGW.0101", "The API for this job does not exist.", LookUpVerdict.Unproven)]
    [InlineData(400, "DBS.280001", "Invalid project id.", LookUpVerdict.Unproven)]
    [InlineData(403, "DBS.280015", "No permission for this job.", LookUpVerdict.Unproven)]
    [InlineData(429, "APIGW.0308", "The throttling threshold has been reached.", LookUpVerdict.Unproven)]
    [InlineData(500, "DBS.500", "The job service is down.", LookUpVerdict.Unproven)]
    public async Task An_error_tells_only_when_it_is_the_APIs_own_about_the_job(
        int status, string code, string message, LookUpVerdict verdict)
    {
        var (lookUp, requests) = await FindAsync(_ =>
            WireAnswer.Json($$"""{"error_code": "{{code}}", "error_msg": "{{message}}"}""", status));

        Assert.Equal(new LookUp(verdict), lookUp);
        Assert.Equal(status is 429 or 500 ? 3 : 1, requests.Count);
    }

    [Theory]
    [InlineData($$"""{"jobs": [{{Job}}], "total_count": 1}""", 200, LookUpVerdict.Found)]
    [InlineData("""{"jobs": [], "total_count": 1}""", 200, LookUpVerdict.Unproven)]
    [InlineData("""{"error_code": "DBS.280001", "error_msg": "Bad offset for a job list."}""", 400, LookUpVerdict.Unproven)]
    public async Task An_empty_list_that_counts_a_job_is_asked_for_again_from_zero(string second, int status, LookUpVerdict verdict)
    {
        var (lookUp, requests) = await FindAsync(request => request.Parameter("offset") == "0"
            ? WireAnswer.Json(second, status)
            : WireAnswer.Json("""{"jobs": [], "total_count": 1}"""));

        Assert.Equal(verdict, lookUp.Verdict);
        Assert.Equal(2, requests.Count);
    }

    [Fact]
    public async Task A_dead_endpoint_proves_nothing()
    {
        var (lookUp, _) = await FindAsync(_ => new WireAnswer([], WireEnding.Reset));

        Assert.Equal(new LookUp(LookUpVerdict.Unproven), lookUp);
    }

    private static async Task<(LookUp LookUp, IReadOnlyList<WireRequest> Requests)> FindAsync(Func<WireRequest, WireAnswer> answer)
    {
        await using var server = new WireServer(answer);
        using var wire = new WireClient(server.Endpoint);

        var lookUp = await wire.Client.FindAsync(JobId, Token);

        return (lookUp, server.Requests);
    }
}
