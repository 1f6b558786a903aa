using System.Collections.Concurrent;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Metadata;
using JobWatcher.Simulator.Requests;
using JobWatcher.Simulator.Scenarios;

namespace JobWatcher.Simulator.Jobs;

/// <summary>All that the simulated cloud knows, for tests in the same process. Thread-safe.</summary>
public sealed class SimulatedCloud
{
    private readonly ConcurrentDictionary<string, SimulatedProject> projects = new(StringComparer.Ordinal);
    private readonly SimulatorOptions options;
    private readonly DateTimeOffset started;
    private long answers;
    private long newJobs;

    internal SimulatedCloud(SimulatorOptions options)
    {
        this.options = options;
        started = options.TimeProvider.GetUtcNow();
        Credentials = new CredentialStore(options.Accounts, options.TimeProvider);
        Metadata = new MetadataAccess(options.TimeProvider);
        foreach (var project in options.Projects)
        {
            AddProject(project);
        }
    }

    /// <summary>The faults in force.</summary>
    public FaultBook Faults { get; } = new();

    /// <summary>The latest requests.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>Keys and tokens that are accepted now.</summary>
    public CredentialStore Credentials { get; }

    /// <summary>Who may ask the metadata service.</summary>
    public MetadataAccess Metadata { get; }

    /// <summary>All projects, by id.</summary>
    public IReadOnlyList<SimulatedProject> Projects
        => [.. projects.Values.OrderBy(project => project.Options.Id, StringComparer.Ordinal)];

    internal TimeProvider Clock => options.TimeProvider;

    internal bool ChecksAuthentication => options.CheckAuthentication;

    /// <summary>The project of that id.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public SimulatedProject Project(string id)
        => Find(id) ?? throw new KeyNotFoundException($"The simulated cloud has no project '{id}'.");

    /// <summary>Adds a project; its scenario, if any, is as old as the server.</summary>
    /// <exception cref="ArgumentException">There is one of that id.</exception>
    public SimulatedProject AddProject(ProjectOptions project)
    {
        ArgumentNullException.ThrowIfNull(project);
        var added = new SimulatedProject(project, options.TimeProvider, Timeline(project.Id));
        return projects.TryAdd(project.Id, added)
            ? added
            : throw new ArgumentException($"There already is a project '{project.Id}'.", nameof(project));
    }

    /// <summary>Removes a project with its jobs; what is asked of it from now on is a 404.</summary>
    /// <returns>False where there was none.</returns>
    public bool RemoveProject(string id) => projects.TryRemove(id, out _);

    /// <summary>
    /// Goes back to the projects, users and lifetimes of the options, without anything that was put, caused or issued
    /// since. Scenarios go on with what changes next.
    /// </summary>
    public void Reset()
    {
        Faults.Clear();
        foreach (var project in Projects.Where(project => !options.Projects.Contains(project.Options)))
        {
            RemoveProject(project.Options.Id);
        }

        foreach (var project in options.Projects.Where(project => Find(project.Id) is null))
        {
            AddProject(project);
        }

        foreach (var project in projects.Values)
        {
            project.Clear();
        }

        Credentials.Reset(options.Accounts);
        Metadata.Reset();
        Requests.Clear();
    }

    private IJobTimeline? Timeline(string project) => options switch
    {
        { Script: { } script } => new ScriptedTimeline(script, project, started),
        { Scenario: { } scenario } => SeededTimeline.Begin(options.Seed, project, started, scenario),
        _ => null,
    };

    internal SimulatedProject? Find(string id) => projects.GetValueOrDefault(id);

    internal string NextRequestId()
        => DeterministicId.Hex($"request {options.Seed} {Interlocked.Increment(ref answers)}");

    /// <summary>A job that nobody has seen before.</summary>
    internal SimulatedJob NewJob() => SimulatedJob.Pending(
        "RebootGaussDBforMySQLInstance",
        Clock.GetUtcNow(),
        DeterministicId.Uuid($"new job {options.Seed} {Interlocked.Increment(ref newJobs)}"));
}
