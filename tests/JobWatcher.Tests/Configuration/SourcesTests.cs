using JobWatcher.Configuration;

namespace JobWatcher.Tests.Configuration;

/// <summary>Which files make a configuration, and how a change of them is seen.</summary>
public sealed class SourcesTests : IDisposable
{
    private const string WithFiles =
        ConfigurationFolder.Target + "targetFiles: [d/*.yaml]\ncredentials: { default: { tokenFile: token } }\n";

    private readonly ConfigurationFolder _folder = new();

    [Fact]
    public void The_file_of_the_command_line_goes_before_that_of_the_environment_and_that_before_the_default()
    {
        Write("jobwatcher.yaml", "by-default");
        Write("other/env.yaml", "by-environment");
        Write("other/line.yaml", "by-line");

        var byDefault = _folder.Load();
        _folder.Environment["JOBWATCHER_CONFIG"] = "other/env.yaml";
        var byEnvironment = _folder.Load();
        var byLine = _folder.Load("other/line.yaml");

        Assert.Equal("by-default", Name(byDefault));
        Assert.Equal("by-environment", Name(byEnvironment));
        Assert.Equal("by-line", Name(byLine));
        Assert.Equal(Path.Combine(_folder.Path, "other", "data", "jobwatcher.db"), byLine.Configuration!.Store.Path);
    }

    [Theory]
    [InlineData(null, null, "jobwatcher.yaml", "FOLDER/jobwatcher.yaml")]
    [InlineData("my/line.yaml", null, "my/line.yaml", "FOLDER/my/line.yaml")]
    [InlineData(null, "/no/where.yaml", "/no/where.yaml", "/no/where.yaml")]
    public void A_missing_file_is_told_with_where_it_was_looked_for(string? path, string? variable, string shown, string absolute)
    {
        _folder.Environment["JOBWATCHER_CONFIG"] = variable ?? "";

        Assert.Equal(
            [
                $"{shown}: does not exist (looked for at {absolute}); name the configuration file with --config or " +
                "JOBWATCHER_CONFIG, or write jobwatcher.yaml in the working directory",
            ],
            _folder.Lines(_folder.Load(path)));
    }

    [Fact]
    public void A_named_file_that_is_missing_is_a_fault_whatever_the_environment_holds()
    {
        _folder.Environment["JOBWATCHER_STORE__PATH"] = "x";

        var line = Assert.Single(_folder.Lines(_folder.Load("nowhere.yaml")));

        Assert.StartsWith("nowhere.yaml: does not exist", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_are_short_below_the_working_directory_and_whole_elsewhere()
    {
        _folder.Write("etc/jobwatcher.yaml", ConfigurationFolder.Valid + "targetFiles: [d/a.yaml]\n");
        _folder.Write("etc/d/a.yaml", "- 5");

        var above = _folder.Load("etc/jobwatcher.yaml");
        var beside = new ConfigurationLoader(_folder.Environment, Path.Combine(_folder.Path, "home")).Load("../etc/jobwatcher.yaml");

        Assert.Equal(["etc/d/a.yaml:1:3: targets[0]: must hold keys, each with a value"], _folder.Lines(above));
        Assert.Equal(["FOLDER/etc/d/a.yaml:1:3: targets[0]: must hold keys, each with a value"], _folder.Lines(beside));
    }

    [Fact]
    public void All_files_that_were_read_are_known()
    {
        _folder.Write("token", "t");
        _folder.Write("d/a.yaml", "");

        var sources = _folder.LoadYaml(WithFiles).Sources;

        Assert.Equal(
            ["jobwatcher.yaml", "token", "d/a.yaml"],
            sources.Paths.Select(path => Path.GetRelativePath(_folder.Path, path)));
    }

    [Theory]
    [InlineData("jobwatcher.yaml", WithFiles + "# changed")]
    [InlineData("token", "u")]
    [InlineData("d/a.yaml", "[]")]
    [InlineData("d/b.yaml", "")]
    public void Any_change_changes_the_hash(string file, string content)
    {
        _folder.Write("token", "t");
        _folder.Write("d/a.yaml", "");
        var before = _folder.LoadYaml(WithFiles).Sources.ContentHash;
        var unchanged = _folder.Load().Sources.ContentHash;

        _folder.Write(file, content);
        var after = _folder.Load();

        Assert.True(after.IsValid);
        Assert.Equal(before, unchanged);
        Assert.NotEqual(before, after.Sources.ContentHash);
    }

    [Fact]
    public void A_file_that_a_fault_lacks_changes_the_hash_when_it_comes()
    {
        var before = _folder.LoadYaml(ConfigurationFolder.Valid + "targetFiles: [a.yaml]");

        _folder.Write("a.yaml", "");
        var after = _folder.Load();

        Assert.False(before.IsValid);
        Assert.True(after.IsValid);
        Assert.NotEqual(before.Sources.ContentHash, after.Sources.ContentHash);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string file, string target) =>
        _folder.Write(file, ConfigurationFolder.Valid.Replace("prod", target, StringComparison.Ordinal));

    private string Name(ConfigurationResult result)
    {
        Assert.Empty(_folder.Lines(result));
        return Assert.Single(result.Configuration!.Targets).Name;
    }
}
