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

    private static readonly KeyPath Targets = KeyPath.Root.Key("targets");

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>The targets of all files, those of one pattern in order of their paths; null for each that is faulty.</summary>
    public IReadOnlyList<TargetConfiguration?> Read(MappingReader root)
    {
        var all = new List<TargetConfiguration?>();
        foreach (var pattern in root.Texts("targetFiles"))
        {
            var files = Matches(pattern).Where(_read.Add).ToList();
            if (_read.Count > MostFiles)
            {
                Fault(pattern, $"leads to more than {MostFiles} files; put more targets into each");
                break;
            }

            foreach (var file in files)
            {
                all.AddRange(ReadFile(pattern, file));
            }
        }

        return all;
    }

    private IReadOnlyList<TargetConfiguration?> ReadFile(TextItem pattern, string file)
    {
        if (session.Files.TryRead(file, ConfigurationLoader.MostFileBytes, out var text) is { } problem)
        {
            Fault(pattern, $"{problem} (looked for at {FaultText.Visible(file)})");
            return [];
        }

        return YamlText.TryRead(text, session.Shown(file), session.Files.Count, session.Faults, out var root)
            ? session.List(root, Targets, targets.Read)
            : [];
    }

    // A name without a wildcard must exist; a pattern may match nothing, as an empty folder does.
    private List<string> Matches(TextItem pattern)
    {
        var absolute = session.Resolve(pattern.Text);
        if (!pattern.Text.Contains('*', StringComparison.Ordinal))
        {
            return [absolute];
        }

        var folder = Path.GetDirectoryName(absolute[..absolute.IndexOf('*', StringComparison.Ordinal)])
            ?? Path.GetPathRoot(absolute)!;
        if (!Directory.Exists(folder))
        {
            Fault(pattern, $"looks into a folder that does not exist, {FaultText.Visible(folder)}");
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
            Fault(pattern, $"cannot be looked for ({exception.Message.TrimEnd('.')})");
            return [];
        }
    }

    private void Fault(TextItem pattern, string message) => session.Fault(pattern.Place, pattern.Path, message, pattern.Text);

    // Kubernetes keeps the real files of a volume in folders such as `..data` beside the links to them.
    private static bool IsVolumeInternal(string file) =>
        file.Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith("..", StringComparison.Ordinal));
}
