using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Http.Clocks;
using JobWatcher.HuaweiCloud.Identity;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.HuaweiCloud.Tests.Http.Clocks;
using JobWatcher.Simulator;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Faults;

namespace JobWatcher.HuaweiCloud.Tests.ImmediateJobs.Simulated;

/// <summary>A machine whose clock is wrong, against a server that refuses signatures 15 minutes off its own.</summary>
public sealed class SkewedClockTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private readonly SettableClock _own = new(TimeProvider.System);
    private readonly EndpointClocks _clocks;
    private readonly List<ClockSkew> _told = [];
    private SimulatorServer _server = null!;

    public SkewedClockTests() => _clocks = new EndpointClocks(_own, _told.Add);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static AccessKeyCredentials Key { get; } = new(
        SimulatedAccount.Example.AccessKey!, SimulatedAccount.Example.SecretKey!);

    public async ValueTask InitializeAsync() => _server = await SimulatorServer.StartAsync(new SimulatorOptions(), Token);

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    [InlineData(20)]
    [InlineData((23 * 60) + 59)]
    [InlineData(-((23 * 60) + 59))]
    public async Task A_clock_that_is_wrong_from_the_start_costs_one_request_more(int minutes)
    {
        _own.Ahead = TimeSpan.FromMinutes(minutes);
        var client = Client(Key);

        Assert.True((await client.ListAsync(ListingQuery.All, Token)).IsComplete);
        Assert.True((await client.ListAsync(ListingQuery.All, Token)).IsComplete);
        Assert.True((await Client(Key).ListAsync(ListingQuery.All, Token)).IsComplete);

        Assert.Equal([401, 200, 200, 200], Statuses());
        Assert.InRange(Assert.Single(_told).Skew.TotalMinutes, minutes - 1, minutes + 1);
    }

    [Fact]
    public async Task A_clock_that_is_set_between_two_requests_costs_nothing()
    {
        var client = Client(Key);

        foreach (var minutes in new[] { 0, 60, 0, -60, 60 })
        {
            _own.Ahead = TimeSpan.FromMinutes(minutes);
            await client.ListAsync(ListingQuery.All, Token);
        }

        Assert.Equal([200, 200, 200, 200, 200], Statuses());
        Assert.Equal([60, -60, 60], _told.Select(skew => Math.Round(skew.Skew.TotalMinutes)));
    }

    [Fact]
    public async Task A_clock_a_day_off_is_refused_and_the_refusal_tells_the_clouds_time()
    {
        _own.Ahead = TimeSpan.FromHours(25);

        var fault = await Assert.ThrowsAsync<CloudException>(() => Client(Key).ListAsync(ListingQuery.All, Token));

        Assert.Equal(CloudFault.Unauthorized, fault.Fault);
        Assert.InRange((_own.GetUtcNow() - fault.CloudTime)!.Value.TotalHours, 24.9, 25.1);
        Assert.Equal([401], Statuses());
        Assert.Single(_told);
    }

    [Fact]
    public async Task Keys_that_are_refused_are_tried_with_both_clocks_and_no_more()
    {
        _own.Ahead = TimeSpan.FromHours(1);
        var wrong = new AccessKeyCredentials(Key.AccessKey, "another-secret-key-that-nobody-uses");

        var fault = await Assert.ThrowsAsync<CloudException>(() => Client(wrong).ListAsync(ListingQuery.All, Token));

        Assert.Equal(CloudFault.Unauthorized, fault.Fault);
        Assert.Equal([401, 401], Statuses());
    }

    [Fact]
    public async Task A_key_that_was_renewed_meanwhile_is_asked_for_after_the_clock()
    {
        _own.Ahead = TimeSpan.FromHours(1);
        var source = new RenewedSource(new AccessKeyCredentials(Key.AccessKey, "the-secret-key-of-yesterday"), Key);

        var listing = await Client(source).ListAsync(ListingQuery.All, Token);

        Assert.True(listing.IsComplete);
        Assert.Equal([401, 401, 200], Statuses());
    }

    [Fact]
    public async Task A_token_knows_no_clock()
    {
        _own.Ahead = TimeSpan.FromHours(1);

        var fault = await Assert.ThrowsAsync<CloudException>(
            () => Client(new TokenCredentials("unknown")).ListAsync(ListingQuery.All, Token));

        Assert.Equal(CloudFault.Unauthorized, fault.Fault);
        Assert.Equal([401], Statuses());
    }

    [Fact]
    public async Task A_Date_that_is_wrong_disturbs_no_clock_that_is_right()
    {
        _server.Cloud.Faults.Put(new Fault { DateOffset = TimeSpan.FromHours(-1) });
        var client = Client(Key);

        await client.ListAsync(ListingQuery.All, Token);
        await client.ListAsync(ListingQuery.All, Token);

        Assert.Equal([200, 200], Statuses());
    }

    [Fact]
    public async Task The_project_is_looked_up_with_a_wrong_clock()
    {
        _own.Ahead = TimeSpan.FromHours(-1);
        var options = new IdentityClientOptions
        {
            Endpoint = _server.BaseAddress,
            EndpointClock = _clocks.For(_server.BaseAddress),
        };
        var identity = new IdentityClient(_http, options, new FixedCredentials(Key), _own);

        var project = await identity.FindProjectAsync("cn-north-4", Token);

        Assert.Equal(ProjectOptions.ExampleId, project);
        Assert.Equal([401, 200], Statuses());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private IEnumerable<int?> Statuses() => _server.Cloud.Requests.Snapshot().Select(request => request.Status);

    private ImmediateJobsClient Client(Credentials credentials) => Client(new FixedCredentials(credentials));

    private ImmediateJobsClient Client(ICredentialSource credentials)
    {
        var options = new ImmediateJobsClientOptions
        {
            Endpoint = _server.BaseAddress,
            ProjectId = ProjectOptions.ExampleId,
            EndpointClock = _clocks.For(_server.BaseAddress),
        };
        return new ImmediateJobsClient(_http, options, credentials, _own);
    }

    /// <summary>Gives the second of two once the first was refused.</summary>
    private sealed class RenewedSource(Credentials first, Credentials second) : ICredentialSource
    {
        private Credentials _current = first;

        public ValueTask<Credentials> GetAsync(CancellationToken cancellationToken) => new(_current);

        public bool Invalidate(Credentials refused)
        {
            _current = second;
            return true;
        }
    }
}
