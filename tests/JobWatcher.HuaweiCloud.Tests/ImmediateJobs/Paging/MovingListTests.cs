using CsCheck;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.ImmediateJobs.Paging;

namespace JobWatcher.HuaweiCloud.Tests.ImmediateJobs.Paging;

/// <summary>Lists that change between pages, on honest servers of any kind.</summary>
public sealed class MovingListTests
{
    private static readonly Gen<ServerKind> Kinds = Gen.Select(
        Gen.Enum<OffsetMeaning>(), Gen.Bool, Gen.Bool, Gen.Int[0, 3].Select(kind => new[] { 50, 50, 20, 7 }[kind]), Gen.Enum<EndTimeMeaning>(),
        (meaning, hides, refuses, cap, end) => new ServerKind(
            meaning, hides && meaning is OffsetMeaning.RecordOffset, refuses && !hides, cap, end));

    private static readonly Gen<Event> Events = Gen.Select(
        Gen.Enum<EventKind>(), Gen.Int[0, 400], Gen.Int[0, 400], (kind, at, to) => new Event(kind, at, to));

    // Most gaps are quiet, as in life; a list that changes in each of them is never complete.
    private static readonly Gen<Event[]> Gaps = Gen.Frequency((4, Gen.Const(Array.Empty<Event>())), (1, Events.Array[1, 4]));

    [Fact]
    public void Every_job_that_was_there_throughout_is_listed_once_or_the_listing_says_incomplete() =>
        Gen.Select(Kinds, Gen.Int[0, 180], Gaps.Array[0, 40], Gen.Bool).Sample((kind, jobs, gaps, statusFilter) =>
        {
            var server = ModelServer.With(jobs, kind);
            var habit = PagingHabit.Unknown;
            var gap = 0;

            for (var listings = 0; listings < 3; listings++)
            {
                server.Watch();
                var listing = Listings.Read(
                    request =>
                    {
                        Apply(server, gap < gaps.Length ? gaps[gap] : [], entersOld: statusFilter);
                        gap++;
                        return server.Answer(request, Listings.PageSize);
                    },
                    ref habit,
                    statusFilter ? new ListingQuery { Status = JobStatus.Running } : ListingQuery.All);

                var listed = Listings.Ids(listing).ToHashSet();
                Assert.Equal(listing.Jobs.Count, listed.Count);
                Assert.Subset(server.EverSeen, listed);
                if (listing.IsComplete)
                {
                    Assert.Superset(server.Throughout, listed);
                    Assert.Equal(listing.TotalCount, listing.Listed);
                }
            }
        }, iter: Iterations.Of(2_000));

    [Fact]
    public void A_list_that_grows_at_each_request_is_complete_with_its_window_frozen()
    {
        var server = ModelServer.With(120);
        server.Watch();

        var listing = Listings.Read(request =>
        {
            server.Insert(0, age: TimeSpan.Zero);
            return server.Answer(request, Listings.PageSize);
        });

        Assert.True(listing.IsComplete);
        Assert.Superset(server.Throughout, Listings.Ids(listing).ToHashSet());
    }

    [Theory]
    [InlineData(EndTimeMeaning.Ignored)]
    [InlineData(EndTimeMeaning.EndedUpTo)]
    [InlineData(EndTimeMeaning.Refused)]
    public void A_list_that_moves_once_is_complete_whatever_end_time_means(EndTimeMeaning endTime)
    {
        var server = ModelServer.With(120, new ServerKind(EndTime: endTime));
        server.Watch();

        var listing = Listings.Read(request =>
        {
            if (request.Offset == 2 && server.Requests == 1)
            {
                server.Remove(10);
            }

            return server.Answer(request, Listings.PageSize);
        });

        Assert.True(listing.IsComplete);
        Assert.Superset(server.Throughout, Listings.Ids(listing).ToHashSet());
    }

    [Fact]
    public void A_removal_that_an_arrival_makes_up_for_is_not_taken_for_a_complete_list()
    {
        var server = ModelServer.With(60, new ServerKind(EndTime: EndTimeMeaning.Ignored));
        server.Watch();

        var listing = Listings.Read(request =>
        {
            if (server.Requests == 1)
            {
                server.Remove(10);
                server.Insert(55, age: TimeSpan.Zero);
            }

            return server.Answer(request, Listings.PageSize);
        });

        Assert.True(listing.IsComplete);
        Assert.True(server.Requests > 2, "one reading cannot tell");
        Assert.Superset(server.Throughout, Listings.Ids(listing).ToHashSet());
    }

    [Fact]
    public void An_old_job_may_enter_a_list_of_one_status()
    {
        var server = ModelServer.With(60, new ServerKind(EndTime: EndTimeMeaning.Ignored));
        server.Watch();

        var listing = Listings.Read(
            request =>
            {
                if (server.Requests == 1)
                {
                    server.Remove(10);
                    server.Insert(55, age: TimeSpan.FromDays(1));
                }

                return server.Answer(request, Listings.PageSize);
            },
            new ListingQuery { Status = JobStatus.Running });

        Assert.True(listing.IsComplete);
        Assert.Superset(server.Throughout, Listings.Ids(listing).ToHashSet());
    }

    [Fact]
    public void A_job_beyond_the_frozen_window_that_was_seen_is_told()
    {
        var server = ModelServer.With(199);
        server.Watch();

        var listing = Listings.Read(request =>
        {
            if (server.Requests == 3)
            {
                server.Insert(199, age: TimeSpan.Zero);
            }

            return server.Answer(request, Listings.PageSize);
        });

        Assert.True(listing.IsComplete);
        Assert.Equal((199, 199), (listing.TotalCount, listing.Listed));
        Assert.Contains("job-199", Listings.Ids(listing));
    }

    [Fact]
    public void A_wrong_guess_at_the_offset_is_given_up_before_it_creeps_through_the_list()
    {
        var server = ModelServer.With(1_000, new ServerKind(OffsetMeaning.RecordOffset));
        server.Watch();

        var listing = Listings.Read(request =>
        {
            for (var removals = server.Requests == 1 ? 30 : 0; removals > 0; removals--)
            {
                server.Remove(0);
                server.Insert(999, age: TimeSpan.Zero);
            }

            return server.Answer(request, Listings.PageSize);
        });

        Assert.True(listing.IsComplete);
        Assert.Superset(server.Throughout, Listings.Ids(listing).ToHashSet());
        Assert.InRange(server.Requests, 21, 60);
    }

    [Fact]
    public void A_job_that_goes_on_while_the_list_is_read_does_not_count_twice()
    {
        var server = ModelServer.With(60, new ServerKind(EndTime: EndTimeMeaning.Ignored));
        server.Watch();

        var listing = Listings.Read(request =>
        {
            if (server.Requests == 1)
            {
                server.Change(10);
                server.Move(10, 59);
            }

            return server.Answer(request, Listings.PageSize);
        });

        Assert.True(listing.IsComplete);
        Assert.Equal(server.Ids.Order(), Listings.Ids(listing).Order());
        Assert.Equal(JobStatus.Completed, listing.Jobs.Single(job => job.JobId == "job-10").Status);
    }

    // A job can enter a list of one status long after it was created.
    private static void Apply(ModelServer server, Event[] events, bool entersOld)
    {
        foreach (var (kind, at, to) in events)
        {
            switch (kind)
            {
                case EventKind.Insert: server.Insert(at, age: entersOld ? TimeSpan.FromHours(to) : TimeSpan.FromSeconds(to % 6)); break;
                case EventKind.InsertFirst: server.Insert(0, age: TimeSpan.Zero); break;
                case EventKind.Remove: server.Remove(at); break;
                case EventKind.Change: server.Change(at); break;
                case EventKind.Move: server.Move(at, to); break;
            }
        }
    }

    private enum EventKind
    {
        Insert, InsertFirst, Remove, Change, Move,
    }

    private sealed record Event(EventKind Kind, int At, int To);
}
