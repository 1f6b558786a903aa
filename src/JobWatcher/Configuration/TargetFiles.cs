using JobWatcher.Configuration.Nodes;
using JobWatcher.Configuration.Reading;
using Microsoft.Extensions.FileSystemGlobbing;

namespace JobWatcher.Configuration;

/// <summary>Reads the further lists of targets that <c>targetFiles</c> names.</summary>
/// <param name="session">The session.</param>
/// <param name="targets">Reads each target.</param>
internal sealed class TargetFiles(ReadingSession session, TargetReader targets)
{
    private const int MostFiles = 1000;

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>The targets of all files, those of one pattern in order of their paths; null for each that is faulty.</summary>
    public IReadOnlyList<TargetConfiguration?> Read(MappingReader root)
    {
        var all = new List<TargetConfiguration?>();
        foreach (var pattern in root.Texts("targetFiles"))
        {
            var matches = Matches(root, pattern);
            if (_read.Count + matches.Count > MostFiles)
            {
                root.Fault("targetFiles", $"matches more than {MostFiles} files; put more targets into each", pattern);
                break;
            }

            foreach (var file in matches.Where(_read.Add))
            {
                all.AddRange(ReadFile(file));
            }
        }

        return all;
    }

    private IReadOnlyList<TargetConfiguration?> ReadFile(string file)
    {
        var shown = Path.GetRelativePath(session.Folder, file);
        var source = new Place(shown, _read.Count);
        if (session.Files.TryRead(file, ConfigurationLoader.MostFileBytes, out var text) is { } problem)
        {
            session.Fault(source, KeyPath.Root, problem);
            return [];
        }

        if (!YamlText.TryRead(text, shown, source.Order, session.Faults, out var root))
        {
            return [];
        }

        var list = new KeyPath("", "targets");
        return MappingReader.List(session, session.Items(root, list), list, targets.Read);
    }

    // A name without a wildcard must exist; a pattern may match nothing, as an empty folder does.
    private List<string> Matches(MappingReader root, string pattern)
    {
        var absolute = Path.GetFullPath(pattern, session.Folder);
        if (!pattern.Contains('*', StringComparison.Ordinal))
        {
            return [absolute];
        }

        var folder = Path.GetDirectoryName(absolute[..absolute.IndexOf('*', StringComparison.Ordinal)])
            ?? Path.GetPathRoot(absolute)!;
        if (!Directory.Exists(folder))
        {
            root.Fault("targetFiles", $"looks into a folder that does not exist, {FaultText.Visible(folder)}", pattern);
            return [];
        }

        try
        {
            return
            [
                .. new Matcher(StringComparison.Ordinal)
                    .AddInclude(Path.GetRelativePath(folder, absolute))
                    .GetResultsInFullPath(folder)
                    .Where(file => !IsVolumeInternal(file))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            root.Fault("targetFiles", $"cannot be looked for ({exception.Message.TrimEnd('.')})", pattern);
            return [];
        }
    }

    // Kubernetes keeps the real files of a volume in folders such as `..data` beside the links to them.
    private static bool IsVolumeInternal(string file) =>
        file.Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith("..", StringComparison.Ordinal));
}
