using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.Tests.Wire;

namespace JobWatcher.HuaweiCloud.Tests.ImmediateJobs;

public sealed class PagingOverTheWireTests
{
    private const string Date = "Date: Tue, 24 Nov 2026 14:17:22 GMT";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, 20)]
    [InlineData(false, 21)]
    public async Task A_thousand_jobs_are_listed_completely_on_both_kinds_of_server(bool countsPages, int requests)
    {
        await using var server = new WireServer(request =>
        {
            var offset = request.Number("offset");
            return Page(skip: countsPages ? ((offset ?? 1) - 1) * 50 : offset ?? 0, total: 1_000);
        });
        using var wire = new WireClient(server.Endpoint);

        var listing = await wire.Client.ListAsync(ListingQuery.All, Token);

        Assert.True(listing.IsComplete);
        Assert.Equal(1_000, listing.Jobs.DistinctBy(job => job.JobId).Count());
        Assert.Equal(requests, server.Requests.Count);
        Assert.Equal(requests, wire.Calls.Count);
        Assert.All(server.Requests, request => Assert.Equal("50", request.Parameter("limit")));
    }

    [Fact]
    public async Task A_list_that_is_read_again_freezes_its_window_at_the_second_after_the_first_answer()
    {
        var answers = 0;
        await using var server = new WireServer(request => Page(request.Number("offset") is 2 ? 50 : 0, total: answers++ == 0 ? 60 : 61));
        using var wire = new WireClient(server.Endpoint);

        await wire.Client.ListAsync(ListingQuery.All, Token);

        Assert.Equal([null, null, "2026-11-24T14:17:23+0000"], server.Requests.Select(request => request.Parameter("end_time")).Take(3));
        Assert.Contains("%2B0000", server.Requests[2].Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_end_time_is_no_failure()
    {
        var answers = 0;
        await using var server = new WireServer(request => request.Parameter("end_time") is null
            ? Page(request.Number("offset") is 2 ? 50 : 0, total: answers++ == 0 ? 59 : 60)
            : WireAnswer.Json("""{"error_code": "DBS.280001", "error_msg": "Bad end_time."}""", 400));
        using var wire = new WireClient(server.Endpoint);

        var listing = await wire.Client.ListAsync(ListingQuery.All, Token);

        Assert.True(listing.IsComplete);
        Assert.Equal(5, server.Requests.Count);
    }

    [Fact]
    public async Task An_error_on_a_later_page_fails_the_listing()
    {
        await using var server = new WireServer(request =>
            request.Number("offset") is null ? Page(0, total: 60) : WireAnswer.Json("", 500));
        using var wire = new WireClient(server.Endpoint);

        await Assert.ThrowsAsync<CloudException>(() => wire.Client.ListAsync(ListingQuery.All, Token));

        Assert.Equal([null, 2, 2, 2], server.Requests.Select(request => request.Number("offset")));
    }

    private static WireAnswer Page(int skip, int total)
    {
        var jobs = Enumerable.Range(skip, Math.Clamp(total - skip, 0, 50))
            .Select(number => $$"""{"job_id": "job-{{number}}", "status": "Completed", "created_time": "2026-11-01T00:00:00+0000"}""");
        return WireAnswer.Json($$"""{"jobs": [{{string.Join(',', jobs)}}], "total_count": {{total}}}""", 200, Date);
    }
}
