using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Polling;
using JobWatcher.Simulator.Scenarios;

namespace JobWatcher.Tests.Polling.Fleet;

/// <summary>
/// Forty new targets of five hundred jobs each under the default budget of 200 requests, with its period of five minutes and
/// all other times a fiftieth of the defaults.
/// </summary>
[Collection(nameof(FleetRig))]
public sealed class BudgetedFleetTests : IAsyncLifetime
{
    private const int Targets = 40;
    private const int JobsATarget = 500;

    private static readonly RequestRate Budget = new(200, TimeSpan.FromSeconds(6));

    private FleetRig _fleet = null!;
    private DateTimeOffset _start;

    public async ValueTask InitializeAsync()
    {
        _fleet = await FleetRig.CreateAsync(new FleetPlan(
            Targets,
            Interval: TimeSpan.FromMilliseconds(600),
            PollTimeout: TimeSpan.FromSeconds(6),
            UnknownAfter: TimeSpan.FromSeconds(6),
            // Not scaled: a request over loopback takes no fiftieth of one over the internet.
            RequestTimeout: TimeSpan.FromSeconds(10),
            Budget));
        foreach (var number in Enumerable.Range(0, Targets))
        {
            _fleet.Cloud.Project(FleetRig.ProjectOf(number)).PutAll(StaticJobs.Create(number, JobsATarget, DateTimeOffset.UtcNow));
        }

        _start = DateTimeOffset.UtcNow;
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
        Assert.True(_fleet.Share.Factor > 2, $"the intervals are stretched by {_fleet.Share.Factor} only");
        Assert.Empty(BeyondBudget());
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    // A tenth of the budget may go at once, and nine tenths over each period. Whatever delays a request on its way only lets
    // it arrive later, so what has arrived by any moment is at most what may have been sent by then.
    private List<string> BeyondBudget()
    {
        var times = _fleet.Cloud.Requests.Snapshot().Select(request => request.Time).Order().ToList();
        return
        [
            .. times
                .Select((time, index) => (Sent: index + 1, Allowed: (0.1 + (0.9 * ((time - _start) / Budget.Per))) * Budget.Requests))
                .Where(moment => moment.Sent > moment.Allowed)
                .Select(moment => $"{moment.Sent} sent where {moment.Allowed:0.0} were allowed"),
        ];
    }
}
