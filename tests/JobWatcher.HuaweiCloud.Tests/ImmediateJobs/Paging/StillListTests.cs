using CsCheck;
using JobWatcher.HuaweiCloud.ImmediateJobs.Paging;

namespace JobWatcher.HuaweiCloud.Tests.ImmediateJobs.Paging;

/// <summary>Lists that stand still while they are read.</summary>
public sealed class StillListTests
{
    [Theory]
    [InlineData(false, false, 20, 20)]
    [InlineData(true, false, 21, 20)]
    [InlineData(true, true, 23, 20)]
    public void A_thousand_jobs_are_listed_completely_each_once(
        bool countsRecords, bool hidesFirst, int requests, int requestsOnceLearned)
    {
        var meaning = countsRecords ? OffsetMeaning.RecordOffset : OffsetMeaning.PageNumber;
        var server = ModelServer.With(1_000, new ServerKind(meaning, hidesFirst));
        var habit = PagingHabit.Unknown;

        foreach (var expected in new[] { requests, requestsOnceLearned })
        {
            server.Watch();
            var listing = Listings.Read(request => server.Answer(request, Listings.PageSize), ref habit);

            Assert.True(listing.IsComplete);
            Assert.Equal(server.Ids.Order(), Listings.Ids(listing).Order());
            Assert.Equal((1_000, 1_000, expected), (listing.TotalCount, listing.Listed, listing.Pages));
            Assert.Equal(expected, server.Requests);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    public void One_page_costs_one_request(int jobs)
    {
        var server = ModelServer.With(jobs);
        server.Watch();

        var listing = Listings.Read(request => server.Answer(request, Listings.PageSize));

        Assert.True(listing.IsComplete);
        Assert.Equal(jobs, listing.Jobs.Count);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public void The_first_page_is_asked_for_without_an_offset_and_the_second_with_two()
    {
        var server = ModelServer.With(60);
        List<PageRequest> requests = [];

        Listings.Read(request =>
        {
            requests.Add(request);
            return server.Answer(request, Listings.PageSize);
        });

        Assert.Equal([new PageRequest(null, null), new PageRequest(2, null)], requests);
    }

    [Fact]
    public void Any_list_on_any_honest_server_is_complete_within_few_requests() =>
        Gen.Select(Gen.Enum<OffsetMeaning>(), Gen.Bool, Gen.Bool, Gen.Int[10, 60], Gen.Int[0, 300]).Sample(
            (meaning, hides, refuses, cap, jobs) =>
            {
                var hidesFirst = hides && meaning is OffsetMeaning.RecordOffset;
                var server = ModelServer.With(jobs, new ServerKind(meaning, hidesFirst, refuses && !hidesFirst, cap));
                var habit = PagingHabit.Unknown;

                for (var listings = 0; listings < 2; listings++)
                {
                    server.Watch();
                    var listing = Listings.Read(request => server.Answer(request, Listings.PageSize), ref habit);

                    Assert.True(listing.IsComplete);
                    Assert.Equal(server.Ids.Order(), Listings.Ids(listing).Order());
                    Assert.InRange(server.Requests, 1, (jobs / Math.Min(cap, Listings.PageSize)) + 5);
                }
            }, iter: Iterations.Of(500));

    [Fact]
    public void A_hidden_first_job_costs_one_request_once_it_is_known_of()
    {
        var server = ModelServer.With(30, new ServerKind(OffsetMeaning.RecordOffset, HidesFirst: true));
        var habit = PagingHabit.Unknown;
        Listings.Read(request => server.Answer(request, Listings.PageSize), ref habit);
        server.Watch();

        var listing = Listings.Read(request => server.Answer(request, Listings.PageSize), ref habit);

        Assert.True(listing.IsComplete);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public void A_habit_that_no_longer_holds_is_learned_anew()
    {
        var kinds = new[]
        {
            new ServerKind(), new ServerKind(OffsetMeaning.RecordOffset), new ServerKind(OffsetMeaning.RecordOffset, true),
            new ServerKind(RefusesZero: true), new ServerKind(OffsetMeaning.RecordOffset, RefusesZero: true),
        };
        var pairs = from before in kinds from after in kinds select (before, after);

        Assert.All(pairs, pair =>
        {
            var habit = PagingHabit.Unknown;
            Listings.Read(request => ModelServer.With(200, pair.before).Answer(request, Listings.PageSize), ref habit);
            var server = ModelServer.With(200, pair.after);

            var listing = Listings.Read(request => server.Answer(request, Listings.PageSize), ref habit);

            Assert.True(listing.IsComplete);
            Assert.Equal(server.Ids.Order(), Listings.Ids(listing).Order());
        });
    }
}
