using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling;
using JobWatcher.Polling.Clients;
using JobWatcher.Polling.Targets;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling.Targets;

/// <summary>Rule R4 of the protocol: when a state is unknown.</summary>
public sealed class UnknownTests : IDisposable
{
    private readonly WatchRig _rig = new();

    private bool IsUnknown => _rig.Watch.IsUnknown;

    [Fact]
    public async Task A_target_that_answers_is_known()
    {
        await _rig.BaselineAsync(Running());

        Assert.False(IsUnknown);
    }

    [Fact]
    public async Task A_target_is_unknown_when_no_poll_was_answered_for_so_long()
    {
        await _rig.BaselineAsync(Running());

        _rig.Time.Advance(_rig.Target.UnknownAfter - TimeSpan.FromMilliseconds(1));
        var before = IsUnknown;
        _rig.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal((false, true), (before, IsUnknown));
    }

    [Fact]
    public async Task A_failure_is_forgiven_for_so_long()
    {
        await _rig.BaselineAsync(Running());
        _rig.Client.Fails();

        await _rig.PollAgainAsync();

        Assert.False(IsUnknown);
    }

    [Fact]
    public async Task What_a_poll_waited_for_our_own_limits_is_no_outage()
    {
        await _rig.BaselineAsync(Running());
        var turns = _rig.Watch.Share.Limits.FullListings;
        var held = await turns.TakeAsync(new PollClock(_rig.Time), WatchRig.Token);
        _rig.Client.Answer = async cancellationToken =>
        {
            using var turn = await turns.TakeAsync(_rig.Clock, cancellationToken);
            throw new CloudException(CloudFault.Error, "The cloud failed.");
        };

        var poll = _rig.PollAgainAsync();
        _rig.Time.Advance(2 * _rig.Target.UnknownAfter);
        held.Dispose();
        await poll;

        Assert.False(IsUnknown);
        Assert.Equal(_rig.Time.GetUtcNow(), _rig.Watch.State.Record!.FailingSince);
    }

    [Fact]
    public async Task A_cloud_that_refuses_every_request_of_an_entry_makes_its_targets_unknown()
    {
        using var cloud = new RefusingCloud();
        using var http = new HttpClient(cloud);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(WatchRig.Token);
        TargetWatch[] watches = [Over(http, "refused"), Over(http, "waiting")];
        foreach (var watch in watches)
        {
            Assert.Equal(PollOutcome.Success, await watch.PollAsync(stopping.Token));
        }

        cloud.Refuses = true;
        _rig.Time.Advance(Interval);
        var outcome = await watches[0].PollAsync(stopping.Token);
        var polls = watches.Select(watch => watch.PollAsync(stopping.Token)).ToList();
        _rig.Time.Advance(_rig.Target.UnknownAfter - Interval - TimeSpan.FromMilliseconds(1));
        var before = watches.Select(watch => watch.IsUnknown).ToList();
        _rig.Time.Advance(TimeSpan.FromMilliseconds(1));
        var after = watches.Select(watch => watch.IsUnknown).ToList();
        var areWaiting = polls.TrueForAll(poll => !poll.IsCompleted);
        await stopping.CancelAsync();

        foreach (var poll in polls)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
        }

        Assert.Equal((PollOutcome.Throttled, true), (outcome, areWaiting));
        Assert.Equal([false, false], before);
        Assert.Equal([true, true], after);
    }

    [Fact]
    public async Task An_outage_that_the_last_process_saw_makes_a_target_unknown_at_once()
    {
        await _rig.BaselineAsync(Running());
        _rig.Client.Fails();
        await _rig.PollAgainAsync();
        _rig.Time.Advance(_rig.Target.UnknownAfter);
        _rig.Restart();

        await _rig.Watch.TakeOverAsync(WatchRig.Token);

        Assert.True(IsUnknown);
    }

    [Fact]
    public async Task An_answer_makes_a_target_known_again()
    {
        await _rig.BaselineAsync(Running());
        _rig.Client.Fails();
        await _rig.PollAgainAsync();
        _rig.Time.Advance(_rig.Target.UnknownAfter);

        await _rig.PollNextAsync(Running());

        Assert.False(IsUnknown);
    }

    [Fact]
    public async Task A_store_that_fails_for_so_long_makes_a_target_unknown()
    {
        await _rig.BaselineAsync(Running());
        _rig.Store.IsDown = true;
        _rig.Time.Advance(_rig.Target.UnknownAfter);

        await _rig.PollAgainAsync();

        Assert.True(IsUnknown);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_is_set_neither_makes_an_outage_longer_nor_shorter(int hours)
    {
        await _rig.BaselineAsync(Running());
        _rig.Client.Fails();
        await _rig.PollAgainAsync();
        _rig.Time.Set(TimeSpan.FromHours(hours));
        await _rig.PollAgainAsync();
        var before = IsUnknown;
        _rig.Time.Advance(_rig.Target.UnknownAfter - _rig.Target.Interval);

        await _rig.PollAsync();

        Assert.Equal((false, true), (before, IsUnknown));
        var told = _rig.Log.Single("TargetUnreachable");
        Assert.Equal("300", told.Properties["OutageSeconds"].ToString(format: null, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task An_outage_that_is_stored_as_of_later_has_just_begun()
    {
        await _rig.BaselineAsync(Running());
        _rig.Client.Fails();
        await _rig.PollAgainAsync();
        _rig.Time.Set(TimeSpan.FromHours(-1));
        _rig.Restart();
        await _rig.Watch.TakeOverAsync(WatchRig.Token);
        _rig.Time.Advance(_rig.Target.UnknownAfter - TimeSpan.FromMilliseconds(1));
        var before = IsUnknown;

        _rig.Time.Advance(TimeSpan.FromMilliseconds(1));
        await _rig.PollAsync();

        Assert.Equal((false, true), (before, IsUnknown));
        _rig.Log.Single("TargetUnreachable");
    }

    public void Dispose() => _rig.Dispose();

    // With the real client, whose requests obey the limits that all targets of the entry share.
    private TargetWatch Over(HttpClient http, string name)
    {
        var target = WatchRig.TargetNamed(name);
        TargetWatch? watch = null;
        return watch = _rig.WatchOver(new TargetClient(target.ProjectId, _ => Task.FromResult(target.ProjectId), Make), target);

        ImmediateJobsClient Make(string projectId) => new(
            http,
            new ImmediateJobsClientOptions
            {
                Endpoint = target.Endpoint, ProjectId = projectId, Limits = watch!.Share.Limits, Clock = watch.Clock,
            },
            new FixedCredentials(new TokenCredentials(new Secret("token"))),
            _rig.Time);
    }

    /// <summary>A cloud without jobs, which may want to be left alone for five minutes.</summary>
    private sealed class RefusingCloud : HttpMessageHandler
    {
        public bool Refuses { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = new HttpResponseMessage(Refuses ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK)
            {
                Content = new StringContent("""{"jobs": [], "total_count": 0}"""),
                RequestMessage = request,
            };
            answer.Headers.RetryAfter = Refuses ? new RetryConditionHeaderValue(TimeSpan.FromMinutes(5)) : null;
            return Task.FromResult(answer);
        }
    }
}
