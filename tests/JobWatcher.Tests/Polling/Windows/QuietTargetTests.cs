using Dapper;
using JobWatcher.Alerting;
using JobWatcher.Configuration.Credentials;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Planning;
using JobWatcher.Polling;
using JobWatcher.Polling.Budgets;
using JobWatcher.Polling.Clients;
using JobWatcher.Polling.Targets;
using JobWatcher.Reporting;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Simulator;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Scenarios;
using JobWatcher.Storage;
using JobWatcher.Tests.Reporting;
using JobWatcher.Tests.Snapshots;
using JobWatcher.Tests.Storage;
using JobWatcher.Tests.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.Tests.Polling.Windows;

/// <summary>What a quiet target with a thousand known jobs costs, over a real socket and with a real store.</summary>
public sealed class QuietTargetTests : IAsyncLifetime
{
    private const int Polls = 20;

    private readonly FakeTimeProvider _time = new(Sight.Noon);
    private readonly TempStore _temp = new();
    private readonly DurationHistograms _histograms = new();
    private readonly CapturedLog _log = new();
    private SimulatorServer _server = null!;
    private EntryShares _shares = null!;
    private CloudClients _clients = null!;
    private TargetWatch _watch = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SimulatorServer.StartAsync(new SimulatorOptions { TimeProvider = _time }, WatchRig.Token);
        _server.Cloud.Project(ProjectOptions.ExampleId).PutAll(StaticJobs.Create(seed: 1, count: 1000, _time.GetUtcNow()));
        _shares = new EntryShares(WatchRig.Budget, _time);
        _clients = new CloudClients(_time);
        _watch = await WatchAsync();
        Assert.Equal(PollOutcome.Success, await _watch.PollAsync(WatchRig.Token));
        Assert.Equal(1000, _watch.State.Snapshot.Jobs.Count);
        _server.Cloud.Requests.Clear();
    }

    [Fact]
    public async Task A_quiet_target_with_1000_known_jobs_makes_one_request_a_poll()
    {
        await PollAsync();

        var requests = _server.Cloud.Requests.Snapshot();
        Assert.Equal(Polls, requests.Count);
        Assert.All(requests, request => Assert.Contains("start_time=", request.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_quiet_poll_is_one_commit_of_one_page()
    {
        var before = WriteAheadLog.Read(_temp.Path);

        await PollAsync();

        var after = WriteAheadLog.Read(_temp.Path);
        Assert.Equal((Polls, Polls), (after.Commits - before.Commits, after.Pages - before.Pages));
    }

    [Fact]
    public async Task A_quiet_poll_writes_one_row()
    {
        using var connection = _temp.Connect();
        CountRows(connection);

        await PollAsync();

        Assert.Equal(Polls, connection.QuerySingle<int>("SELECT count FROM rows_written"));
    }

    public async ValueTask DisposeAsync()
    {
        await _temp.DisposeAsync();
        await _server.DisposeAsync();
        _clients.Dispose();
        _shares.Dispose();
        _histograms.Dispose();
    }

    // Triggers see the rows that any connection writes.
    private static void CountRows(System.Data.IDbConnection connection)
    {
        var tables = connection.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'table'").ToList();
        connection.Execute("CREATE TABLE rows_written (count INT); INSERT INTO rows_written VALUES (0)");
        foreach (var table in tables.Where(table => !table.StartsWith("sqlite_", StringComparison.Ordinal)))
        {
            foreach (var write in new[] { "INSERT", "UPDATE", "DELETE" })
            {
                connection.Execute(
                    $"CREATE TRIGGER count_{table}_{write} AFTER {write} ON {table} BEGIN UPDATE rows_written SET count = count + 1; END");
            }
        }
    }

    private async Task PollAsync()
    {
        for (var poll = 0; poll < Polls; poll++)
        {
            _time.Advance(Sight.Interval);
            Assert.Equal(PollOutcome.Success, await _watch.PollAsync(WatchRig.Token));
        }
    }

    private async Task<TargetWatch> WatchAsync()
    {
        var account = SimulatedAccount.Example;
        var store = await _temp.OpenAsync(TransitionReporter.Name);
        var planned = new PlannedTarget
        {
            Target = WatchRig.TargetNamed("prod") with { ProjectId = ProjectOptions.ExampleId, Endpoint = _server.BaseAddress },
            Credentials = new AccessKeyConfiguration(
                new SecretConfiguration(account.AccessKey!), new SecretConfiguration(account.SecretKey!), SecurityToken: null),
        };
        var (share, clock, calls) = (_shares.For("default"), new PollClock(_time), new ApiCalls());
        var reporter = new TransitionReporter(
            store, new TransitionLogger(_log.Audit(), _time), _time, _log.LoggerOf<TransitionReporter>());
        var reports = new PollReports(_histograms, new StoreHealth(), reporter, new AlertBoard(), _time, _log.LoggerOf<TargetWatch>());
        return new TargetWatch(
            planned.Target, share, clock, calls, _clients.For(planned, limits: null, clock, calls.Count), store, reports, _time);
    }
}
