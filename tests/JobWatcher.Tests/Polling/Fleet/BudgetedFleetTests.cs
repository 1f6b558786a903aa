using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Polling;
using JobWatcher.Simulator.Scenarios;

namespace JobWatcher.Tests.Polling.Fleet;

/// <summary>
/// Forty new targets of a thousand jobs each under the default budget of 200 requests, with its period of five minutes and
/// all other times a hundredth of the defaults.
/// </summary>
public sealed class BudgetedFleetTests : IAsyncLifetime
{
    private const int Targets = 40;
    private const int JobsATarget = 1000;

    // What a loaded machine may push a request's arrival together with the one before it.
    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(200);

    private static readonly RequestRate Budget = new(200, TimeSpan.FromSeconds(3));

    private FleetRig _fleet = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await FleetRig.CreateAsync(new FleetPlan(
            Targets,
            Interval: TimeSpan.FromMilliseconds(300),
            PollTimeout: TimeSpan.FromSeconds(3),
            UnknownAfter: TimeSpan.FromSeconds(3),
            // Not scaled: a request over loopback takes no hundredth of one over the internet.
            RequestTimeout: TimeSpan.FromSeconds(10),
            Budget));
        foreach (var number in Enumerable.Range(0, Targets))
        {
            _fleet.Cloud.Project(FleetRig.ProjectOf(number)).PutAll(StaticJobs.Create(number, JobsATarget, DateTimeOffset.UtcNow));
        }

        await _fleet.StartAsync();
    }

    [Fact]
    public async Task All_get_their_full_listing_in_turn_and_none_is_called_unreachable()
    {
        await Eventually.Holds(
            () => _fleet.Watches.All(watch => watch.State.Record?.LastComplete is not null), TimeSpan.FromMinutes(2));

        Assert.All(_fleet.Watches, watch => Assert.Equal(JobsATarget, watch.State.Snapshot.Jobs.Count));
        Assert.All(_fleet.Watches, watch => Assert.False(watch.State.Record!.OutageReported));
        Assert.All(_fleet.Watches, watch => Assert.Equal([PollOutcome.Success], watch.State.Polls.Keys));
        Assert.True(_fleet.Share.Factor > 10, $"the intervals are stretched by {_fleet.Share.Factor} only");
        Assert.InRange(MostInAPeriod(), 1, Budget.Requests);
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    private int MostInAPeriod()
    {
        var times = _fleet.Cloud.Requests.Snapshot().Select(request => request.Time).Order().ToList();
        var period = Budget.Per - Jitter;
        var (most, first) = (0, 0);
        for (var last = 0; last < times.Count; last++)
        {
            while (times[last] - times[first] > period)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
