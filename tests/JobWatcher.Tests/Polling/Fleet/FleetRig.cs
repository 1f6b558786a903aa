using JobWatcher.Configuration;
using JobWatcher.Configuration.Credentials;
using JobWatcher.Configuration.Reading;
using JobWatcher.Hosting;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Planning;
using JobWatcher.Polling.Budgets;
using JobWatcher.Polling.Targets;
using JobWatcher.Reloading;
using JobWatcher.Reporting.Metrics;
using JobWatcher.Simulator;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobWatcher.Tests.Polling.Fleet;

/// <summary>The real service over real sockets against a simulated cloud of many projects, all under one credentials entry.</summary>
internal sealed class FleetRig : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobwatcher-fleet-");
    private static readonly ConfigurationSources Nothing = new SourceFiles().Sources;

    private readonly WebApplication _app;

    private FleetRig(SimulatorServer cloud, FleetPlan plan)
    {
        Cloud = cloud.Cloud;
        Server = cloud;
        Plan = PlanOf(plan);
        _app = WatcherHost.Build(Plan);
    }

    /// <summary>Those of the simulated account.</summary>
    public static CredentialsConfiguration Credentials { get; } = new AccessKeyConfiguration(
        new SecretConfiguration(SimulatedAccount.Example.AccessKey!),
        new SecretConfiguration(SimulatedAccount.Example.SecretKey!),
        SecurityToken: null);

    public SimulatedCloud Cloud { get; }

    public IReadOnlyCollection<TargetWatch> Watches => _app.Services.GetRequiredService<TargetWatches>().All;

    public EntryShare Share => Watches.First().Share;

    /// <summary>Where the service's own endpoints answer, once it is started.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>What was put in force last.</summary>
    public WatcherPlan Plan { get; private set; }

    private SimulatorServer Server { get; }

    public static string ProjectOf(int number) => $"619d3e78f61b4be68bc5aa0b59ed{number:x4}";

    public static async Task<FleetRig> CreateAsync(FleetPlan plan)
    {
        var server = await SimulatorServer.StartAsync(
            new SimulatorOptions
            {
                Projects = [.. Enumerable.Range(0, plan.Targets + plan.SpareProjects).Select(number => new ProjectOptions { Id = ProjectOf(number) })],
            },
            WatchRig.Token);
        return new FleetRig(server, plan);
    }

    /// <summary>A part of the service.</summary>
    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Puts another plan in force, as a changed configuration file does.</summary>
    public Task ChangeAsync(Func<WatcherPlan, WatcherPlan> change)
    {
        Plan = change(Plan);
        return Get<PlanInForce>().TakeAsync(new PlanReading(Plan, [], Nothing), WatchRig.Token);
    }

    public Task StartAsync() => _app.StartAsync(WatchRig.Token);

    public TargetWatch Watch(int number) => Watches.Single(watch => watch.Target.Name == NameOf(number));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string NameOf(int number) => $"target-{number:00}";

    private WatcherPlan PlanOf(FleetPlan plan)
    {
        return new WatcherPlan
        {
            Targets = [.. Enumerable.Range(0, plan.Targets).Select(number => plan.Vary(number, new PlannedTarget
            {
                Target = new WatchedTarget
                {
                    Name = NameOf(number),
                    ProjectId = ProjectOf(number),
                    Region = "cn-north-4",
                    Endpoint = Server.BaseAddress,
                    Credentials = "default",
                    Interval = plan.Interval,
                    PollTimeout = plan.PollTimeout,
                    UnknownAfter = plan.UnknownAfter,
                },
                Credentials = Credentials,
                IamEndpoint = Server.BaseAddress,
                RequestTimeout = plan.RequestTimeout,
            }))],
            Budget = new EntryBudget(plan.Budget, MaxConcurrency: 32),
            StorePath = Path.Combine(_folder.FullName, "jobwatcher.db"),
            Listen = new Uri("http://127.0.0.1:0"),
            Metrics = new MetricsOptions(PerJob: true, 500, 20_000, KnownJobNamesAtZero: true),
            LogLevel = plan.LogLevel,
            JsonLog = true,
            Source = new PlanSource(() => new PlanReading(Plan, [], Nothing), Nothing),
        };
    }
}

/// <summary>The fleet's size and times.</summary>
internal sealed record FleetPlan(
    int Targets, TimeSpan Interval, TimeSpan PollTimeout, TimeSpan UnknownAfter, TimeSpan RequestTimeout, RequestRate Budget)
{
    /// <summary>Makes of each target, by its number, what a test needs; by default it stays as it is.</summary>
    public Func<int, PlannedTarget, PlannedTarget> Vary { get; init; } = (_, target) => target;

    /// <summary>How many more projects the cloud has than are watched.</summary>
    public int SpareProjects { get; init; }

    /// <summary>The least level of the log.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Critical;
}

/// <summary>Nothing else runs meanwhile, or the polls of many targets would be late because of it.</summary>
[CollectionDefinition(nameof(FleetRig), DisableParallelization = true)]
public sealed class FleetRigDefinition;
