using JobWatcher.Configuration.Credentials;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Polling;
using JobWatcher.Polling.Targets;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Requests;
using JobWatcher.Simulator.Scenarios;

namespace JobWatcher.Tests.Polling.Fleet;

/// <summary>Credentials change under load, the old ones being withdrawn as soon as the new ones are there.</summary>
public sealed class KeyRotationTests : IAsyncDisposable
{
    private const int Targets = 6;
    private const int Rotations = 4;
    private const int PollsBetween = 3;

    private static readonly SimulatedAccount Account = SimulatedAccount.Example;

    private SecretVolume? _volume;
    private FleetRig? _fleet;

    [Fact]
    public async Task A_key_whose_files_are_swapped_costs_no_poll()
    {
        _volume = new SecretVolume(KeyFiles(Account));
        var fleet = await WatchAsync(new AccessKeyConfiguration(
            _volume.SecretOf("access-key"), _volume.SecretOf("secret-key"), SecurityToken: null));

        var old = Account;
        foreach (var rotation in Enumerable.Range(1, Rotations))
        {
            var renewed = Account with { AccessKey = $"AKROTATED{rotation}", SecretKey = $"secret-key-{rotation}" };
            fleet.Cloud.Credentials.Add(renewed);
            _volume.Swap(KeyFiles(renewed));
            fleet.Cloud.Credentials.Revoke(old.AccessKey!);
            await PollsGoOnAsync(fleet);
            old = renewed;
        }

        AssertNoneFailed(fleet);
        Assert.Equal(old.AccessKey, fleet.Cloud.Requests.Snapshot()[^1].AccessKey);
    }

    [Fact]
    public async Task A_token_whose_file_is_swapped_costs_no_poll()
    {
        _volume = new SecretVolume(("token", Account.Tokens[0]));
        var fleet = await WatchAsync(new TokenConfiguration(_volume.SecretOf("token")));

        var old = Account.Tokens[0];
        foreach (var rotation in Enumerable.Range(1, Rotations))
        {
            var renewed = $"token-{rotation}";
            fleet.Cloud.Credentials.Add(Account with { Tokens = [renewed] });
            _volume.Swap(("token", renewed));
            fleet.Cloud.Credentials.Revoke(old);
            await PollsGoOnAsync(fleet);
            old = renewed;
        }

        AssertNoneFailed(fleet);
    }

    [Fact]
    public async Task Withdrawn_tokens_of_a_user_cost_no_poll()
    {
        var fleet = await WatchAsync(User);

        foreach (var _ in Enumerable.Range(1, Rotations))
        {
            fleet.Cloud.Credentials.RevokeAllTokens();
            await PollsGoOnAsync(fleet);
        }

        AssertNoneFailed(fleet);
        Assert.Equal(Targets * (1 + Rotations), TokensOf(fleet));
    }

    [Fact]
    public async Task Tokens_of_a_user_that_end_soon_cost_no_poll()
    {
        var fleet = await WatchAsync(User, tokenLifetime: TimeSpan.FromSeconds(4));

        await Eventually.Holds(() => TokensOf(fleet) > Targets * Rotations, TimeSpan.FromMinutes(1));

        AssertNoneFailed(fleet);
    }

    public async ValueTask DisposeAsync()
    {
        await (_fleet?.DisposeAsync() ?? ValueTask.CompletedTask);
        _volume?.Dispose();
    }

    private static UserConfiguration User => new(Account.Domain, Account.User, new SecretConfiguration(Account.Password!));

    private static (string File, string Secret)[] KeyFiles(SimulatedAccount account) =>
        [("access-key", account.AccessKey!), ("secret-key", account.SecretKey!)];

    private static int TokensOf(FleetRig fleet) =>
        fleet.Cloud.Requests.Snapshot().Count(request => request is { Operation: ApiOperation.CreateToken, Status: 201 });

    private static long PollsOf(TargetWatch watch) => watch.State.Polls.Values.Sum();

    private static async Task PollsGoOnAsync(FleetRig fleet)
    {
        var before = fleet.Watches.ToDictionary(watch => watch, PollsOf);
        await Eventually.Holds(
            () => before.All(watch => PollsOf(watch.Key) >= watch.Value + PollsBetween), TimeSpan.FromMinutes(1));
    }

    private static void AssertNoneFailed(FleetRig fleet) =>
        Assert.All(fleet.Watches, watch => Assert.Equal([PollOutcome.Success], watch.State.Polls.Keys));

    private async Task<FleetRig> WatchAsync(CredentialsConfiguration credentials, TimeSpan? tokenLifetime = null)
    {
        _fleet = await FleetRig.CreateAsync(new FleetPlan(
            Targets,
            Interval: TimeSpan.FromMilliseconds(300),
            PollTimeout: TimeSpan.FromSeconds(20),
            UnknownAfter: TimeSpan.FromSeconds(20),
            RequestTimeout: TimeSpan.FromSeconds(10),
            new RequestRate(100_000, TimeSpan.FromMinutes(5)))
        {
            Vary = (_, target) => target with { Credentials = credentials },
        });
        foreach (var number in Enumerable.Range(0, Targets))
        {
            _fleet.Cloud.Project(FleetRig.ProjectOf(number)).PutAll(StaticJobs.Create(number, 120, DateTimeOffset.UtcNow));
        }

        _fleet.Cloud.Credentials.TokenLifetime = tokenLifetime ?? _fleet.Cloud.Credentials.TokenLifetime;
        await _fleet.StartAsync();
        await PollsGoOnAsync(_fleet);
        return _fleet;
    }
}
