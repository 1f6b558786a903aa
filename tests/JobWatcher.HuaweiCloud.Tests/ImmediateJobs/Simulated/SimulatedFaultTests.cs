using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Simulator;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Scenarios;

namespace JobWatcher.HuaweiCloud.Tests.ImmediateJobs.Simulated;

/// <summary>The real client over a real socket, against a server that was written from the specification alone.</summary>
public sealed class SimulatedFaultTests : IAsyncLifetime
{
    private const int Jobs = 60;
    private const int Pages = 2;

    private readonly HttpClient _http = new();
    private SimulatorServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HashSet<string> Ids => _server.Cloud.Project(ProjectOptions.ExampleId).Jobs
        .Select(job => job.JobId!).ToHashSet(StringComparer.Ordinal);

    private int Requests => _server.Cloud.Requests.Snapshot().Count;

    public async ValueTask InitializeAsync()
    {
        _server = await SimulatorServer.StartAsync(new SimulatorOptions(), Token);
        _server.Cloud.Project(ProjectOptions.ExampleId).PutAll(StaticJobs.Create(1, Jobs, DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task Without_a_fault_all_is_listed()
    {
        var listing = await ListAsync(fault: null);

        Assert.Equal((true, Jobs, Pages), (listing.IsComplete, listing.Jobs.Count, Requests));
    }

    [Fact]
    public async Task Malformed_jobs_cost_only_themselves()
    {
        var listing = await ListAsync(new Fault { MalformedJobs = 3 });

        Assert.Equal((Jobs, 3), (listing.Jobs.Count, listing.Malformed));
        Assert.Equal(Pages, Requests);
    }

    [Fact]
    public async Task A_list_that_moves_shows_all_that_was_there_throughout_or_says_incomplete()
    {
        var before = Ids;

        var listing = await ListAsync(new Fault { InsertAfterPage = 1, RemoveAfterPage = 1 });

        var throughout = before.Intersect(Ids, StringComparer.Ordinal);
        Assert.True(!listing.IsComplete || throughout.All(id => listing.Jobs.Any(job => job.JobId == id)));
        Assert.InRange(Requests, Pages, 4 * Pages);
    }

    [Fact]
    public async Task A_list_that_lags_behind_is_taken_as_it_is()
    {
        var listing = await ListAsync(new Fault { Lag = TimeSpan.FromHours(1) });

        Assert.Equal((true, 0, 1), (listing.IsComplete, listing.Jobs.Count, Requests));
    }

    [Fact]
    public async Task A_total_that_lies_makes_the_listing_incomplete()
    {
        var listing = await ListAsync(new Fault { TotalCountOffset = 5 });

        Assert.Equal((false, Jobs, Jobs + 5), (listing.IsComplete, listing.Jobs.Count, listing.TotalCount));
        Assert.InRange(Requests, Pages + 1, 5 * Pages);
    }

    [Fact]
    public async Task Pages_that_are_smaller_than_asked_for_are_all_read()
    {
        var listing = await ListAsync(new Fault { PageSize = 20 });

        Assert.Equal((true, Jobs), (listing.IsComplete, listing.Jobs.Count));
        Assert.InRange(Requests, Jobs / 20, 2 * Jobs / 20);
    }

    [Fact]
    public async Task A_window_that_is_ignored_loses_nothing()
    {
        _server.Cloud.Faults.Put(new Fault { IgnoresWindow = true });

        var listing = await Client(Signed()).ListAsync(
            new ListingQuery { StartTime = DateTimeOffset.UtcNow.AddDays(1) }, Token);

        Assert.Equal((true, Jobs, Pages), (listing.IsComplete, listing.Jobs.Count, Requests));
    }

    [Fact]
    public async Task A_look_up_whose_id_is_ignored_proves_nothing()
    {
        _server.Cloud.Faults.Put(new Fault { IgnoresJobId = true });

        var lookUp = await Client(Signed()).FindAsync("7155730b-a60b-4dc0-9f89-3f55897f29d6", Token);

        Assert.Equal((LookUpVerdict.Unproven, 1), (lookUp.Verdict, Requests));
    }

    [Fact]
    public async Task A_date_that_is_off_is_the_clouds_time()
    {
        var listing = await ListAsync(new Fault { DateOffset = TimeSpan.FromHours(-1) });

        Assert.InRange(listing.CloudTime!.Value, DateTimeOffset.UtcNow.AddMinutes(-61), DateTimeOffset.UtcNow.AddMinutes(-59));
        Assert.Equal((true, Pages), (listing.IsComplete, Requests));
    }

    [Fact]
    public async Task Clocks_too_far_apart_are_unauthorized()
    {
        var fault = await FailAsync(Signed(), new Fault { ClockSkew = TimeSpan.FromMinutes(20) });

        Assert.Equal((CloudFault.Unauthorized, 1), (fault.Fault, Requests));
    }

    [Fact]
    public async Task A_token_that_expired_is_unauthorized()
    {
        var token = new FixedCredentials(new TokenCredentials(SimulatedAccount.Example.Tokens[0]));

        var fault = await FailAsync(token, new Fault { ExpiredTokens = true });

        Assert.Equal((CloudFault.Unauthorized, 1), (fault.Fault, Requests));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private static FixedCredentials Signed() => new(new AccessKeyCredentials(
        SimulatedAccount.Example.AccessKey!, SimulatedAccount.Example.SecretKey!));

    private Task<Listing> ListAsync(Fault? fault)
    {
        if (fault is not null)
        {
            _server.Cloud.Faults.Put(fault);
        }

        return Client(Signed()).ListAsync(ListingQuery.All, Token);
    }

    private Task<CloudException> FailAsync(ICredentialSource credentials, Fault fault)
    {
        _server.Cloud.Faults.Put(fault);
        return Assert.ThrowsAsync<CloudException>(() => Client(credentials).ListAsync(ListingQuery.All, Token));
    }

    private ImmediateJobsClient Client(ICredentialSource credentials) => new(
        _http,
        new ImmediateJobsClientOptions { Endpoint = _server.BaseAddress, ProjectId = ProjectOptions.ExampleId },
        credentials,
        TimeProvider.System);
}
