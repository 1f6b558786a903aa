using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Polling;
using JobWatcher.Polling.Targets;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Jobs;
using JobWatcher.Storage;

namespace JobWatcher.Tests.Polling.Fleet;

/// <summary>Jobs go on while the gateway refuses everything, telling a limit of 20 requests a second.</summary>
public sealed class ThrottleStormTests : IAsyncLifetime
{
    private const int MostAttempts = 3;
    private const int ThrottledPolls = 3;

    private static readonly RequestRate Told = new(20, TimeSpan.FromSeconds(1));
    private static readonly DateTimeOffset Created = DateTimeOffset.UtcNow;

    private static readonly SimulatedJob Slow = SimulatedJob.Pending("CreateGaussDBforMySQLInstance", Created);
    private static readonly SimulatedJob Quick = SimulatedJob.Pending("RebootGaussDBforMySQLInstance", Created);

    private FleetRig _fleet = null!;

    private TargetWatch Watch => _fleet.Watch(0);

    private SimulatedProject Project => _fleet.Cloud.Project(FleetRig.ProjectOf(0));

    public async ValueTask InitializeAsync()
    {
        _fleet = await FleetRig.CreateAsync(new FleetPlan(
            Targets: 1,
            Interval: TimeSpan.FromMilliseconds(300),
            PollTimeout: TimeSpan.FromSeconds(30),
            UnknownAfter: TimeSpan.FromSeconds(30),
            RequestTimeout: TimeSpan.FromSeconds(10),
            new RequestRate(100_000, TimeSpan.FromMinutes(5))));
        Project.PutAll([Slow, Quick]);
        await _fleet.StartAsync();
        await AnsweredAgainAsync();
    }

    [Fact]
    public async Task Each_change_between_two_answered_listings_is_reported_once_afterwards()
    {
        await StormAsync(() => Project.Update(Slow.JobId, job => job.Running()), () =>
        {
            Project.Update(Quick.JobId, job => job.Running());
            Project.Update(Quick.JobId, job => job.Failed(DateTimeOffset.UtcNow));
        });
        await AnsweredAgainAsync();
        await StormAsync(() => Project.Update(Slow.JobId, job => job.Failed(DateTimeOffset.UtcNow)));
        await AnsweredAgainAsync();
        await AnsweredAgainAsync();

        Assert.Equal(
            new Dictionary<CounterKey, long>
            {
                [new(Slow.JobName!, "Pending", "Running")] = 1,
                [new(Slow.JobName!, "Running", "Failed")] = 1,
                [new(Quick.JobName!, "Pending", "Failed")] = 1,
            },
            Watch.State.Counters.Where(counter => counter.Value.Count > 0).ToDictionary(counter => counter.Key, counter => counter.Value.Count));
        Assert.Equal([PollOutcome.Success, PollOutcome.Throttled], Watch.State.Polls.Keys.Order());
    }

    [Fact]
    public async Task No_poll_sends_more_than_its_attempts_and_none_is_sent_beyond_the_told_limit()
    {
        await StormAsync();

        var refused = _fleet.Cloud.Requests.Snapshot().Where(request => request.Status == 429).ToList();
        Assert.InRange(refused.Count, 1, MostAttempts * (Throttled + 1));
        Assert.All(
            refused.Select((request, index) => (Sent: index, Allowed: Told.Requests * (request.Time - refused[0].Time) / Told.Per)),
            moment => Assert.InRange(moment.Sent, 0, moment.Allowed + 1));
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    private long Throttled => Watch.State.Polls.GetValueOrDefault(PollOutcome.Throttled);

    private async Task StormAsync(params IReadOnlyList<Action> happenings)
    {
        var storm = _fleet.Cloud.Faults.Put(Fault.Throttled("policy user over ratelimit,limit:20,time:1 second"));
        foreach (var happening in happenings.DefaultIfEmpty(() => { }))
        {
            var before = Throttled;
            happening();
            await Eventually.Holds(() => Throttled >= before + ThrottledPolls, TimeSpan.FromMinutes(1));
        }

        _fleet.Cloud.Faults.Clear(storm);
    }

    // Two more, since the first may have been listed before.
    private async Task AnsweredAgainAsync()
    {
        var before = Watch.State.Polls.GetValueOrDefault(PollOutcome.Success);
        await Eventually.Holds(
            () => Watch.State.Polls.GetValueOrDefault(PollOutcome.Success) >= before + 2, TimeSpan.FromMinutes(1));
    }
}
