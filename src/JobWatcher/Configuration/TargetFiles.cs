using Microsoft.Extensions.FileSystemGlobbing;

namespace JobWatcher.Configuration;

/// <summary>Reads the further lists of targets that <c>targetFiles</c> names.</summary>
internal static class TargetFiles
{
    /// <summary>A reader for each file, whose key <c>targets</c> is the file's list.</summary>
    public static IReadOnlyList<MappingReader> Read(MappingReader root, ReadingContext context)
    {
        var readers = new List<MappingReader>();
        foreach (var pattern in root.Texts("targetFiles"))
        {
            var matcher = new Matcher(StringComparison.Ordinal).AddInclude(pattern.Value!);
            var files = matcher.GetResultsInFullPath(context.Folder).Order(StringComparer.Ordinal).ToList();
            foreach (var file in files)
            {
                readers.AddRange(ReadFile(file, context));
            }
        }

        return readers;
    }

    private static IEnumerable<MappingReader> ReadFile(string file, ReadingContext context)
    {
        context.Files.Add(file);
        if (ConfigurationFile.Read(file, file, context.Faults) is not { } text ||
            YamlTree.Read(file, text, context.Faults) is not { } list)
        {
            yield break;
        }

        // A mapping with the key targets reads the same, for those who copy a part of the main file.
        var tree = list as MappingNode
            ?? new MappingNode(list.Place, [new MappingEntry("targets", list.Place, list)]);
        yield return new MappingReader(tree, "", context);
    }
}
