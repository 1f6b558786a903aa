using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
using JobWatcher.Tests.Snapshots;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling;

/// <summary>Rule D2 of the protocol: rows stay for 60 days after their job went.</summary>
public sealed class ForgettingTests : IDisposable
{
    private static readonly ImmediateJob Ended = Job("a", JobStatus.Completed, BeforeNoon, BeforeNoon);

    private readonly WatchRig _rig = new();

    [Theory]
    [InlineData(59)]
    [InlineData(61)]
    public async Task A_job_that_aged_out_is_not_new_when_it_returns_whatever_the_days(int days)
    {
        await _rig.BaselineAsync(Ended);
        _rig.Time.Advance(_rig.Target.FullListingEvery);
        await _rig.PollNextAsync();
        _rig.Time.Advance(_rig.Target.FullListingEvery);
        await _rig.PollNextAsync();
        _rig.Time.Advance(TimeSpan.FromDays(days));
        await _rig.PollNextAsync();

        await _rig.PollNextAsync(Ended with { Status = JobStatus.Failed });

        // Known for 60 days its step is a change; after that rule D1 still takes it in silently.
        Assert.Equal(
            days < 60 ? ["a: Completed -> Failed"] : Array.Empty<string>(),
            _rig.Store.Log.Select(step => step.Transition.Tell()));
    }

    [Fact]
    public async Task Rows_are_looked_through_once_a_day()
    {
        await _rig.BaselineAsync();
        await _rig.PollNextAsync();
        _rig.Time.Advance(TimeSpan.FromDays(1));
        await _rig.PollNextAsync();

        Assert.Equal(2, _rig.Journal.Count(IsForgetting));
    }

    [Fact]
    public async Task Rows_that_cannot_be_deleted_fail_no_poll()
    {
        _rig.Store.BreaksAt = "ForgetJobs";

        Assert.Equal(PollOutcome.Success, await _rig.BaselineAsync(Running()));
        Assert.False(_rig.Health.IsUp);
    }

    [Fact]
    public async Task A_poll_that_fails_forgets_nothing()
    {
        _rig.Client.Fails();

        await _rig.PollAsync();

        Assert.DoesNotContain(_rig.Journal, IsForgetting);
    }

    public void Dispose() => _rig.Dispose();

    private static bool IsForgetting(string call) => call.StartsWith("ForgetJobs", StringComparison.Ordinal);
}
