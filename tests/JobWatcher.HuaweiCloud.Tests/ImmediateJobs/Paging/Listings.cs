using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.ImmediateJobs.Paging;
using JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

namespace JobWatcher.HuaweiCloud.Tests.ImmediateJobs.Paging;

/// <summary>Runs an assembly to its end against a server.</summary>
internal static class Listings
{
    public const int PageSize = 50;

    /// <summary>More requests than any listing of these tests may need.</summary>
    public const int Endless = 20_000;

    public static Listing Read(
        Func<PageRequest, ListingPage?> answer, ref PagingHabit habit, ListingQuery? query = null)
    {
        var assembly = new ListingAssembly(query ?? ListingQuery.All, habit, PageSize);
        for (var requests = 0; assembly.Next is { } request; requests++)
        {
            Assert.True(requests < Endless, "the listing does not end");
            if (answer(request) is { } page)
            {
                assembly.Add(page);
            }
            else
            {
                Assert.True(assembly.MayBeRefused, "a plain first page must not be refused");
                assembly.Refuse();
            }
        }

        habit = assembly.Habit;
        return assembly.ToListing();
    }

    public static Listing Read(Func<PageRequest, ListingPage?> answer, ListingQuery? query = null)
    {
        var habit = PagingHabit.Unknown;
        return Read(answer, ref habit, query);
    }

    public static IEnumerable<string> Ids(Listing listing) => listing.Jobs.Select(job => job.JobId);
}
