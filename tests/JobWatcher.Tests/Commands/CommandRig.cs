using JobWatcher.Commands;
using JobWatcher.Configuration.Credentials;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Planning;
using JobWatcher.Polling.Budgets;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Simulator;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Jobs;
using JobWatcher.Tests.Commands.Tables;
using JobWatcher.Tests.Polling;
using Microsoft.Extensions.Logging;

namespace JobWatcher.Tests.Commands;

/// <summary>The commands against a simulated cloud with the targets <c>prod</c> and <c>test</c>.</summary>
internal sealed class CommandRig : IAsyncDisposable
{
    public static readonly DateTimeOffset Created = DateTimeOffset.UtcNow.AddHours(-1);

    private static readonly Dictionary<string, string> ProjectIds = new(StringComparer.Ordinal)
    {
        ["prod"] = "619d3e78f61b4be68bc5aa0b59ed0001",
        ["test"] = "619d3e78f61b4be68bc5aa0b59ed0002",
    };

    private readonly SimulatorServer _server;
    private readonly RequestRate _budget;
    private readonly string? _caFile;

    private CommandRig(SimulatorServer server, RequestRate budget, string? caFile) =>
        (_server, _budget, _caFile) = (server, budget, caFile);

    public Screen Screen { get; } = new(width: null);

    public int Requests => (int)_server.Cloud.Requests.Total;

    private static SimulatedAccount Account => SimulatedAccount.Example;

    /// <summary>Starts the cloud.</summary>
    /// <param name="budget">How much the credentials of both targets may ask for.</param>
    /// <param name="caFile">A file of certificates of the target <c>prod</c>.</param>
    public static async Task<CommandRig> CreateAsync(RequestRate? budget = null, string? caFile = null)
    {
        var options = new SimulatorOptions { Projects = [.. ProjectIds.Values.Select(id => new ProjectOptions { Id = id })] };
        var server = await SimulatorServer.StartAsync(options, WatchRig.Token);
        return new CommandRig(server, budget ?? new RequestRate(200, TimeSpan.FromMinutes(5)), caFile);
    }

    public void Put(string target, params IReadOnlyList<SimulatedJob> jobs) =>
        _server.Cloud.Project(ProjectIds[target]).PutAll(jobs);

    public void Break(string target, Fault fault) => _server.Cloud.Faults.Put(fault with { Project = ProjectIds[target] });

    public void Remove(string target) => _server.Cloud.RemoveProject(ProjectIds[target]);

    public Task<int> ListAsync(string? target = null, string? status = null, string? jobName = null, bool isJson = false) =>
        ListCommand.RunAsync(
            Plan(), new ListOptions(target, status, jobName, isJson), Screen.Terminal, TimeProvider.System, WatchRig.Token);

    public Task<int> CheckAsync(bool online) =>
        CheckConfigCommand.RunAsync(Plan(), online, Screen.Terminal, TimeProvider.System, WatchRig.Token);

    /// <summary>Neither keys nor what is made of them may ever be shown.</summary>
    public void AssertNothingSecret() => Assert.All([Screen.Output, Screen.Error], text =>
    {
        Assert.DoesNotContain(Account.SecretKey!, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Account.AccessKey!, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Signature=", text, StringComparison.OrdinalIgnoreCase);
    });

    public async ValueTask DisposeAsync()
    {
        Screen.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>What its commands run.</summary>
    public WatcherPlan Plan() => new()
    {
        Targets = [.. ProjectIds.Keys.Select(Planned)],
        Budget = new EntryBudget(_budget, MaxConcurrency: 32),
        StorePath = Path.Combine(Path.GetTempPath(), "never-made", "jobwatcher.db"),
        Listen = new Uri("http://127.0.0.1:0"),
        Metrics = new MetricsOptions(PerJob: true, 500, 20_000, KnownJobNamesAtZero: true),
        LogLevel = LogLevel.Critical,
        JsonLog = true,
    };

    private PlannedTarget Planned(string name) => new()
    {
        Target = WatchRig.TargetNamed(name) with { ProjectId = ProjectIds[name], Endpoint = _server.BaseAddress },
        Credentials = new AccessKeyConfiguration(
            new SecretConfiguration(Account.AccessKey!), new SecretConfiguration(Account.SecretKey!), SecurityToken: null),
        CaFile = name == "prod" ? _caFile : null,
    };
}
