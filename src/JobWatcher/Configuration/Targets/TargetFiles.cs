using JobWatcher.Configuration.Nodes;
using JobWatcher.Configuration.Reading;

namespace JobWatcher.Configuration.Targets;

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
            Fault(pattern, $"{problem} (looked for at {file})");
            return [];
        }

        return YamlText.TryRead(text, session.Shown(file), session.Files.Count, session.Faults, out var root)
            ? session.List(root, Targets, targets.Read)
            : [];
    }

    // A name without a wildcard must exist; a pattern may match nothing, as an empty folder does.
    private IReadOnlyList<string> Matches(TextItem pattern)
    {
        var absolute = session.Resolve(pattern.Text);
        var (folder, name) = (Path.GetDirectoryName(absolute), Path.GetFileName(absolute));
        if (folder is null || !name.Contains('*', StringComparison.Ordinal))
        {
            return [absolute];
        }

        // One more than may be, so that too many are seen.
        if (session.Files.TryList(folder, name, MostFiles + 1, out var files) is { } problem)
        {
            Fault(pattern, problem);
        }

        return files;
    }

    private void Fault(TextItem pattern, string message) => session.Fault(pattern.Place, pattern.Path, message, pattern.Text);
}
