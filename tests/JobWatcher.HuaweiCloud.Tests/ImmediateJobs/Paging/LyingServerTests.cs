using CsCheck;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.ImmediateJobs.Paging;
using JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

namespace JobWatcher.HuaweiCloud.Tests.ImmediateJobs.Paging;

/// <summary>Servers whose answers cannot be true. A listing ends on each of them, and uses what was shown.</summary>
public sealed class LyingServerTests
{
    [Theory]
    [InlineData(70, 6)]
    [InlineData(1_000_000_000, 6)]
    [InlineData(59, 4)]
    [InlineData(0, 2)]
    public void A_total_count_that_is_never_reached_or_passed_leaves_the_list_incomplete(int total, int requests)
    {
        var server = ModelServer.With(60);
        var habit = PagingHabit.Unknown;

        var listing = Listings.Read(request => server.Answer(request, Listings.PageSize)! with { TotalCount = total }, ref habit);

        Assert.False(listing.IsComplete);
        Assert.Equal(total, listing.TotalCount);
        Assert.True(listing.Jobs.Count is 50 or 60);
        Assert.InRange(server.Requests, 1, 2 + requests);
    }

    [Fact]
    public void A_shortfall_that_stays_is_read_again_only_once()
    {
        var server = ModelServer.With(60);
        var habit = PagingHabit.Unknown;
        ListingPage? Answer(PageRequest request) => server.Answer(request, Listings.PageSize)! with { TotalCount = 70 };
        Listings.Read(Answer, ref habit);
        var first = server.Requests;
        server.Watch();

        Listings.Read(Answer, ref habit);

        Assert.Equal(first, 2 * server.Requests);
    }

    [Fact]
    public void The_same_page_for_ever_is_left_after_few_requests()
    {
        var server = ModelServer.With(60);

        var listing = Listings.Read(request => server.Answer(request with { Offset = null }, Listings.PageSize));

        Assert.False(listing.IsComplete);
        Assert.Equal(50, listing.Jobs.Count);
        Assert.InRange(server.Requests, 3, 9);
    }

    [Fact]
    public void New_jobs_for_ever_are_left_at_the_bound()
    {
        var number = 0;

        var listing = Listings.Read(_ => new ListingPage(
            [.. Enumerable.Range(0, 50).Select(_ => Item($"job-{number++}"))], int.MaxValue, CloudTime: null));

        Assert.False(listing.IsComplete);
        Assert.Equal(4_000, listing.Pages);
    }

    [Fact]
    public void A_list_of_very_long_texts_ends_incomplete()
    {
        var number = 0;
        var reason = new string('x', 4096);

        var listing = Listings.Read(_ => new ListingPage(
            [.. Enumerable.Range(0, 50).Select(_ => Item($"job-{number++}", JobStatus.Failed, reason: reason))],
            int.MaxValue,
            CloudTime: null));

        Assert.False(listing.IsComplete);
        Assert.InRange(listing.Pages * 50L * reason.Length, 63 * 1024 * 1024, 65 * 1024 * 1024);
    }

    [Fact]
    public void A_list_without_a_total_count_is_read_to_its_end_once_and_called_incomplete()
    {
        var server = ModelServer.With(120);

        var listing = Listings.Read(request => server.Answer(request, Listings.PageSize)! with { TotalCount = null });

        Assert.False(listing.IsComplete);
        Assert.Equal(120, listing.Jobs.Count);
        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public void More_jobs_in_a_page_than_asked_for_are_taken()
    {
        var server = ModelServer.With(400, new ServerKind(PageCap: int.MaxValue));

        var listing = Listings.Read(request => server.Answer(request, int.MaxValue));

        Assert.True(listing.IsComplete);
        Assert.Equal(400, listing.Jobs.Count);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public void Items_without_an_id_count_by_their_content()
    {
        ListingPage page = new([Item("a"), Broken(1), Broken(2), Broken(2)], TotalCount: 3, CloudTime: null);

        var listing = Listings.Read(_ => page);

        Assert.True(listing.IsComplete);
        Assert.Equal((3, 2), (listing.Listed, listing.Malformed));
        Assert.Equal(["a"], Listings.Ids(listing));
    }

    [Fact]
    public void An_id_that_one_page_lists_twice_counts_twice_and_is_told_once_ended_first()
    {
        var ended = Item("a", JobStatus.Completed, content: 1);
        var open = Item("a", JobStatus.Running, content: 2);

        var listing = Listings.Read(_ => new ListingPage([ended, open], TotalCount: 2, CloudTime: null));

        Assert.True(listing.IsComplete);
        Assert.Equal(JobStatus.Completed, Assert.Single(listing.Jobs).Status);
    }

    [Fact]
    public void Of_two_copies_in_the_same_state_the_later_one_wins()
    {
        var first = Item("a", JobStatus.Running, content: 1);
        var second = Item("a", JobStatus.Pending, content: 2);

        var listing = Listings.Read(_ => new ListingPage([first, second], TotalCount: 2, CloudTime: null));

        Assert.Equal(JobStatus.Pending, Assert.Single(listing.Jobs).Status);
    }

    [Fact]
    public void Any_answers_at_all_end_in_a_listing_with_each_id_once() =>
        Gen.Select(Gen.Int[0, 60].Array[0, 60].Array[1, 8], Gen.Int[-1, 130].Array[1, 8], Gen.Int.Array[1, 8]).Sample(
            (pages, totals, refusals) =>
            {
                var asked = 0;

                var listing = Listings.Read(request =>
                {
                    var number = asked++;
                    var refused = refusals[number % refusals.Length] % 5 == 0;
                    var isPlain = request.Offset is null && request.EndTime is null;
                    return refused && !isPlain ? null : new ListingPage(
                        [.. pages[number % pages.Length].Select(id => id % 7 == 0 ? Broken(id) : Item($"job-{id}", content: id))],
                        totals[number % totals.Length] is >= 0 and var total ? total : null,
                        DateTimeOffset.UnixEpoch);
                });

                Assert.Distinct(Listings.Ids(listing));
                Assert.InRange(asked, 1, 200);
            }, iter: Iterations.Of(2_000));

    private static ListedItem Item(string id, JobStatus? status = null, int content = 0, string? reason = null) => new(
        id,
        new ImmediateJob { JobId = id, JobName = "name", Status = status ?? JobStatus.Running, FailReason = reason },
        content == 0 ? (UInt128)(uint)id.GetHashCode(StringComparison.Ordinal) : (UInt128)(uint)content);

    private static ListedItem Broken(int content) => new(JobId: null, Job: null, (UInt128)(uint)content + 1_000_000_000_000);
}
