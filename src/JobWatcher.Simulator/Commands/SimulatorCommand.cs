using System.CommandLine;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Scenarios;

namespace JobWatcher.Simulator.Commands;

/// <summary>The simulator as a program of its own.</summary>
internal sealed class SimulatorCommand : RootCommand
{
    private const string PageNumber = "page-number";
    private const string RecordOffset = "record-offset";

    private readonly Option<Uri?> listen = new("--listen")
    {
        Description = "Where to listen: an http address on loopback; port 0 takes a free one.",
        CustomParser = OptionParsers.Listen,
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:8089"),
    };

    private readonly Option<int> seed = new("--seed")
    {
        Description = "The same seed gives the same jobs.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<double> speed = new("--speed")
    {
        Description = "How many times faster than in a real cloud things happen.",
        CustomParser = OptionParsers.Speed,
        DefaultValueFactory = _ => 60,
    };

    private readonly Option<string[]> projects = new("--project")
    {
        Description = "A project id: 32 lower-case letters and digits. Can be given several times.",
        CustomParser = OptionParsers.Projects,
        DefaultValueFactory = _ => [ProjectOptions.ExampleId],
    };

    private readonly Option<string> paging = new("--paging")
    {
        Description = "What the parameter offset counts.",
        DefaultValueFactory = _ => PageNumber,
    };

    private readonly Option<string> accessKey = new("--access-key")
    {
        Description = "The access key id that is accepted.",
        DefaultValueFactory = _ => SimulatedAccount.Example.AccessKey!,
    };

    private readonly Option<string?> secretKey = new("--secret-key")
    {
        Description = "Its secret. [default: the example secret key of docs/simulator.md]",
    };

    private readonly Option<int?> jobs = new("--jobs")
    {
        Description = "Serve so many jobs that never change, instead of a scenario.",
        CustomParser = OptionParsers.Jobs,
    };

    private readonly Option<FileInfo?> scenario = new("--scenario")
    {
        Description = "Serve the jobs of a scenario file, instead of seeded ones.",
    };

    private readonly Option<bool> hostileNames = new("--hostile-names")
    {
        Description = "Give some instances names that attack whatever shows them.",
    };

    public SimulatorCommand()
        : base("A simulated cloud API: TaurusDB immediate jobs, made up and scripted. Nothing in it is real.")
    {
        paging.AcceptOnlyFromAmong(PageNumber, RecordOffset);
        Option[] all =
            [listen, seed, speed, projects, paging, accessKey, secretKey, jobs, scenario, hostileNames];
        foreach (var option in all)
        {
            Options.Add(option);
        }

        Validators.Add(result =>
        {
            if (result.GetResult(jobs) is not null && result.GetResult(scenario) is not null)
            {
                result.AddError("--jobs and --scenario: use one of them.");
            }
        });
        SetAction((parsed, cancellationToken) =>
            SimulatorRun.RunAsync(ToOptions(parsed), parsed.GetValue(jobs), cancellationToken));
    }

    private SimulatorOptions ToOptions(ParseResult parsed)
    {
        var script = parsed.GetValue(scenario) is { } file ? ScenarioScript.Load(file.FullName) : null;
        var isScripted = script is not null || parsed.GetValue(jobs) is not null;
        var account = SimulatedAccount.Example with { AccessKey = parsed.GetValue(accessKey) };
        return new SimulatorOptions
        {
            Listen = parsed.GetRequiredValue(listen)!,
            Seed = parsed.GetValue(seed),
            Accounts = [parsed.GetValue(secretKey) is { } secret ? account with { SecretKey = secret } : account],
            Projects =
            [
                .. parsed.GetRequiredValue(projects).Select(id => new ProjectOptions
                {
                    Id = id,
                    Paging = parsed.GetValue(paging) == RecordOffset ? PagingMode.RecordOffset : PagingMode.PageNumber,
                }),
            ],
            Script = script,
            Scenario = isScripted
                ? null
                : new() { Speed = parsed.GetValue(speed), HostileNames = parsed.GetValue(hostileNames) },
        };
    }
}
