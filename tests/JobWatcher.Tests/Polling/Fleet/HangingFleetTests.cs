using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Simulator.Faults;

namespace JobWatcher.Tests.Polling.Fleet;

/// <summary>Fifty targets whose server never answers and one that does, under one credentials entry.</summary>
[Collection(nameof(FleetRig))]
public sealed class HangingFleetTests : IAsyncLifetime
{
    private const int Hanging = 50;
    private const int Answering = Hanging;
    private const int PollsToSee = 6;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostLate = TimeSpan.FromSeconds(1);

    private FleetRig _fleet = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await FleetRig.CreateAsync(new FleetPlan(
            Hanging + 1,
            Interval,
            PollTimeout: TimeSpan.FromSeconds(20),
            UnknownAfter: TimeSpan.FromSeconds(4),
            RequestTimeout: TimeSpan.FromSeconds(2),
            new RequestRate(100_000, TimeSpan.FromMinutes(5))));
        foreach (var number in Enumerable.Range(0, Hanging))
        {
            _fleet.Cloud.Faults.Put(new Fault { Project = FleetRig.ProjectOf(number), NeverAnswers = true });
        }

        await _fleet.StartAsync();
    }

    [Fact]
    public async Task The_polls_of_the_one_that_answers_start_at_most_a_second_late()
    {
        await Eventually.Holds(() => Starts().Count > PollsToSee, TimeSpan.FromMinutes(1));
        await Eventually.Holds(() => _fleet.Watches.Count(watch => watch.IsUnknown) == Hanging, TimeSpan.FromMinutes(1));

        var starts = Starts();
        Assert.All(
            starts.Zip(starts.Skip(1)),
            pair => Assert.InRange(pair.Second - pair.First, TimeSpan.Zero, Interval + MostLate));
        Assert.False(_fleet.Watch(Answering).IsUnknown);
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    private List<DateTimeOffset> Starts() =>
    [
        .. _fleet.Cloud.Requests.Snapshot()
            .Where(request => request.Path.Contains(FleetRig.ProjectOf(Answering), StringComparison.Ordinal))
            .Select(request => request.Time)
            .Order(),
    ];
}
