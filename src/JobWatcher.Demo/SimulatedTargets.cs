using JobWatcher.Configuration.Credentials;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Planning;
using JobWatcher.Polling.Budgets;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Simulator;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Scenarios;

namespace JobWatcher.Demo;

/// <summary>A simulated cloud with two projects, in which something new happens every few seconds.</summary>
internal sealed class SimulatedTargets : IAsyncDisposable
{
    private const double Speed = 60;

    // Far more than the demo needs: at its pace the real cloud's limit would stretch the intervals.
    private const int Requests = 100_000;

    private static readonly TimeSpan BudgetPeriod = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UnknownAfter = TimeSpan.FromSeconds(20);

    private static readonly (string Target, string Team, ProjectOptions Project)[] Projects =
    [
        ("prod", "payments", new ProjectOptions()),
        ("staging", "platform", new ProjectOptions
        {
            Id = "0f5e1c8a9b7d4e3fa2c6b8d0e4f69a13",
            Region = "cn-east-3",
            Paging = PagingMode.RecordOffset,
        }),
    ];

    private readonly SimulatorServer _server;

    private SimulatedTargets(SimulatorServer server) => _server = server;

    /// <summary>Starts the simulated cloud on a free port.</summary>
    public static async Task<SimulatedTargets> StartAsync(CancellationToken cancellationToken) => new(
        await SimulatorServer.StartAsync(
            new SimulatorOptions
            {
                Projects = [.. Projects.Select(entry => entry.Project)],
                Scenario = new ScenarioOptions { Speed = Speed },
            },
            cancellationToken));

    /// <summary>What the real service needs to watch it.</summary>
    /// <param name="listen">Where metrics are served.</param>
    /// <param name="storePath">The store's file.</param>
    public WatcherPlan PlanFor(Uri listen, string storePath) => new()
    {
        Targets = [.. Projects.Select(entry => PlannedOf(entry.Target, entry.Team, entry.Project))],
        Budget = new EntryBudget(new RequestRate(Requests, BudgetPeriod), MaxConcurrency: 32),
        StorePath = storePath,
        Listen = listen,
        Metrics = new MetricsOptions(
            PerJob: true, PerJobLimit: 500, PerJobLimitTotal: 20_000, KnownJobNamesAtZero: true),
        LogLevel = LogLevel.Information,
        JsonLog = Console.IsOutputRedirected,
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private PlannedTarget PlannedOf(string name, string team, ProjectOptions project)
    {
        var account = SimulatedAccount.Example;
        var target = new WatchedTarget
        {
            Name = name,
            ProjectId = project.Id,
            Region = project.Region,
            Endpoint = _server.BaseAddress,
            Credentials = "example",
            Interval = Interval,
            PollTimeout = TimeSpan.FromMinutes(1),
            UnknownAfter = UnknownAfter,
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = team },
        };
        return new PlannedTarget
        {
            Target = target,
            Credentials = new AccessKeyConfiguration(
                new SecretConfiguration(account.AccessKey!), new SecretConfiguration(account.SecretKey!), SecurityToken: null),
            RequestTimeout = RequestTimeout,
        };
    }
}
