using System.Collections;
using JobWatcher.Configuration.Nodes;
using JobWatcher.Configuration.Reading;

namespace JobWatcher.Configuration;

/// <summary>Loads the configuration from its files and the environment. Bad input is a result, never an exception.</summary>
/// <param name="environment">The environment variables.</param>
/// <param name="workingDirectory">Where a relative path of the file starts: an absolute path.</param>
internal sealed class ConfigurationLoader(IReadOnlyDictionary<string, string> environment, string workingDirectory)
{
    /// <summary>The size up to which a file is read.</summary>
    public const int MostFileBytes = 1024 * 1024;

    private const string DefaultFile = "jobwatcher.yaml";
    private const string FileVariable = "JOBWATCHER_CONFIG";

    /// <summary>A loader over this process' environment and working directory, both as they are now.</summary>
    public static ConfigurationLoader ForThisProcess() => new(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
            entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal),
        Directory.GetCurrentDirectory());

    /// <summary>Reads the configuration anew.</summary>
    /// <param name="path">
    /// The file; null for the one that <c>JOBWATCHER_CONFIG</c> names, else <c>jobwatcher.yaml</c> in the working directory.
    /// Where that last one is missing, the environment alone may be the configuration.
    /// </param>
    public ConfigurationResult Load(string? path)
    {
        var named = path ?? environment.GetValueOrDefault(FileVariable);
        var file = string.IsNullOrEmpty(named) ? DefaultFile : named;
        var absolute = Path.GetFullPath(file, workingDirectory);
        using var session = new ReadingSession(Path.GetDirectoryName(absolute) ?? absolute, workingDirectory, environment);

        var variables = EnvironmentVariables.Read(environment, session.Faults);
        var mayBeMissing = string.IsNullOrEmpty(named) && variables is not null && session.Files.IsMissing(absolute, MostFileBytes);
        var root = mayBeMissing ? new MappingNode(Place.Variable("environment"), []) : ReadFile(session, file, absolute);
        var configuration = root is null ? null : Read(session, root, variables);

        return new ConfigurationResult
        {
            Configuration = session.Faults.Count == 0 ? configuration : null,
            Faults =
            [
                // Every target that reads a faulty variable tells it.
                .. session.Faults
                    .Distinct()
                    .OrderBy(fault => fault.Place.Order)
                    .ThenBy(fault => fault.Place.Line)
                    .ThenBy(fault => fault.Place.Column)
                    .ThenBy(fault => fault.Place.Source, StringComparer.Ordinal),
            ],
            Sources = session.Files.Sources,
        };
    }

    private static WatcherConfiguration Read(ReadingSession session, MappingNode root, MappingNode? variables)
    {
        var merged = variables is null ? root : Overlay.Merge(root, variables);
        return new MappingReader(merged, KeyPath.Root, session).ReadAll(WatcherConfiguration.Read);
    }

    private static MappingNode? ReadFile(ReadingSession session, string file, string absolute)
    {
        var source = new Place(file, 0);
        if (session.Files.TryRead(absolute, MostFileBytes, out var text) is { } problem)
        {
            session.Fault(
                source, KeyPath.Root,
                $"{problem} (looked for at {absolute}); name the configuration file with --config or " +
                $"{FileVariable}, or write {DefaultFile} in the working directory");
            return null;
        }

        if (!YamlText.TryRead(text, file, source.Order, session.Faults, out var root))
        {
            return null;
        }

        switch (root)
        {
            case MappingNode mapping:
                return mapping;
            case null or ScalarNode { IsNull: true }:
                return new MappingNode(source with { Line = 1, Column = 1 }, []);
            default:
                session.Fault(root.Place, KeyPath.Root, "must hold keys, such as targets, each with a value");
                return null;
        }
    }
}
