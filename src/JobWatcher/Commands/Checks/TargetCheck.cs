using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Planning;
using JobWatcher.Polling.Clients;

namespace JobWatcher.Commands.Checks;

/// <summary>What one listing of a target told.</summary>
internal sealed record TargetCheck
{
    // Requests of a clock that is off are signed with the cloud's time; what is less than a minute off disturbs nobody.
    private static readonly TimeSpan WorthTelling = TimeSpan.FromMinutes(1);

    /// <summary>The target.</summary>
    public required WatchedTarget Target { get; init; }

    /// <summary>The listing; null where there was none.</summary>
    public Listing? Listing { get; init; }

    /// <summary>How many requests it took.</summary>
    public long Requests { get; init; }

    /// <summary>What is wrong and the way out; null while all is well.</summary>
    public string? Fault { get; init; }

    /// <summary>What does no harm yet; null for nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>Lists a target once.</summary>
    public static async Task<TargetCheck> RunAsync(
        CloudClients clients, PlannedTarget planned, TimeProvider time, CancellationToken cancellationToken)
    {
        var calls = new ApiCalls();
        var check = new TargetCheck { Target = planned.Target };
        try
        {
            var client = clients.For(planned, limits: null, clock: null, calls.Count);
            var listing = await (await client.GetAsync(cancellationToken)).ListAsync(ListingQuery.All, cancellationToken);
            return check with
            {
                Target = planned.Target with { ProjectId = client.ProjectId ?? "" },
                Listing = listing,
                Requests = calls.Listings,
                Fault = listing.IsComplete
                    ? null
                    : $"the listing does not add up: {listing.Listed} jobs were listed of {listing.TotalCount}; "
                        + "nothing will be concluded from what it lacks",
                Warning = SkewOf(listing.CloudTime, time.GetUtcNow()) is { } skew ? $"this machine's clock is {skew} the cloud's" : null,
            };
        }
        catch (CloudException exception)
        {
            return check with { Requests = calls.Listings, Fault = FaultAdvice.For(exception, planned, time.GetUtcNow()) };
        }
        catch (InvalidDataException exception)
        {
            return check with { Fault = $"caFile: {exception.Message}" };
        }
    }

    /// <summary>How far this machine's clock is off, as a phrase; null where that is little or not known.</summary>
    public static string? SkewOf(DateTimeOffset? cloudTime, DateTimeOffset now)
    {
        if (cloudTime is not { } cloud || (now - cloud).Duration() < WorthTelling)
        {
            return null;
        }

        return $"{Text.Duration.ToTheSecond(now - cloud)} {(now > cloud ? "ahead of" : "behind")}";
    }
}
