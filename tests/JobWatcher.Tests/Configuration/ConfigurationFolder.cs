using JobWatcher.Configuration;

namespace JobWatcher.Tests.Configuration;

/// <summary>A folder with the files of one test's configuration, which goes when the test ends.</summary>
internal sealed class ConfigurationFolder : IDisposable
{
    /// <summary>The least that is valid; its keys begin in column 5, the items in line 2.</summary>
    public const string Target =
        """
        targets:
          - name: prod
            region: cn-north-4
            projectId: 619d3e78f61b4be68bc5aa0b59edcf7b

        """;

    public const string Credentials =
        """
        credentials:
          default:
            accessKey: AKEXAMPLE
            secretKey: sk-example

        """;

    public const string Valid = Target + Credentials;

    public string Path { get; } = Directory.CreateTempSubdirectory("jobwatcher-configuration-").FullName;

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public ConfigurationResult Load(string? path = null) => new ConfigurationLoader(Environment, Path).Load(path);

    public ConfigurationResult LoadYaml(string yaml)
    {
        Write("jobwatcher.yaml", yaml);
        return Load();
    }

    public WatcherConfiguration LoadValid(string yaml)
    {
        var result = LoadYaml(yaml);
        Assert.Empty(Lines(result));
        return result.Configuration!;
    }

    /// <summary>The faults as they are told, with this folder's own path as <c>FOLDER</c>.</summary>
    public IReadOnlyList<string> Lines(ConfigurationResult result)
    {
        Assert.Equal(result.Faults.Count == 0, result.IsValid);
        return [.. result.Faults.Select(fault => fault.ToString().Replace(Path, "FOLDER", StringComparison.Ordinal))];
    }

    public IReadOnlyList<string> FaultsOf(string yaml) => Lines(LoadYaml(yaml));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
