namespace JobWatcher.Configuration;

/// <summary>What loading gave: a configuration, or everything that is wrong with it.</summary>
/// <param name="Configuration">The configuration; null when there are faults.</param>
/// <param name="Faults">The faults, in the order of their places; empty when there is a configuration.</param>
internal sealed record LoadedConfiguration(WatcherConfiguration? Configuration, IReadOnlyList<ConfigurationFault> Faults);

/// <summary>Loads the configuration from its file and the environment.</summary>
internal static class ConfigurationLoader
{
    private const string FileVariable = "JOBWATCHER_CONFIG";
    private const string DefaultFile = "jobwatcher.yaml";

    /// <summary>Loads it.</summary>
    /// <param name="path">The file; null looks at <c>JOBWATCHER_CONFIG</c>, then for <c>jobwatcher.yaml</c>.</param>
    /// <param name="environment">The environment variables.</param>
    /// <param name="workingDirectory">Where relative paths of the command line start.</param>
    public static LoadedConfiguration Load(
        string? path, IReadOnlyDictionary<string, string> environment, string workingDirectory)
    {
        var source = path ?? environment.GetValueOrDefault(FileVariable) ?? DefaultFile;
        var isNamed = path is not null || environment.ContainsKey(FileVariable);
        var file = Path.GetFullPath(source, workingDirectory);
        var context = new ReadingContext(
            new FaultList(), Path.GetDirectoryName(file) ?? workingDirectory, new HashSet<string>(StringComparer.Ordinal));

        var tree = ReadTree(file, source, isNamed, environment, context);
        if (tree is null)
        {
            return new LoadedConfiguration(Configuration: null, context.Faults.InOrder);
        }

        EnvironmentOverlay.Apply(tree, environment, context.Faults);
        var configuration = new ConfigurationReader(environment, context).Read(tree);
        return new LoadedConfiguration(context.Faults.Any ? null : configuration, context.Faults.InOrder);
    }

    private static MappingNode? ReadTree(
        string file, string source, bool isNamed, IReadOnlyDictionary<string, string> environment, ReadingContext context)
    {
        // The environment alone is enough, where it says anything and no file is named.
        if (!isNamed && !File.Exists(file) && EnvironmentOverlay.Keys(environment).Any())
        {
            return new MappingNode(new Place("environment"), []);
        }

        context.Files.Add(file);
        if (ConfigurationFile.Read(file, source, context.Faults) is not { } text)
        {
            return null;
        }

        var root = YamlTree.Read(source, text, context.Faults);
        if (context.Faults.Any)
        {
            return root as MappingNode;
        }

        switch (root)
        {
            case MappingNode mapping:
                return mapping;
            case null:
                return new MappingNode(new Place(source, 1, 1), []);
            default:
                context.Faults.Add(root.Place, "", "this wants keys with values, such as targets: and below it a list");
                return null;
        }
    }
}
