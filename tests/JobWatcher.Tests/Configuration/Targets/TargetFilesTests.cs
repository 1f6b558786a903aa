namespace JobWatcher.Tests.Configuration.Targets;

public sealed class TargetFilesTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    [Fact]
    public void Targets_come_from_all_files_in_order_and_from_each_once()
    {
        _folder.Write("targets.d/b.yaml", Target("b"));
        _folder.Write("targets.d/a.yaml", Target("a") + Target("a2"));
        _folder.Write("targets.d/a.txt", "not: read");
        _folder.Write("more.yaml", Target("more"));
        _folder.Write("targets.d/empty.yaml", "# none yet\n");

        var configuration = _folder.LoadValid(
            ConfigurationFolder.Valid + $"targetFiles: [more.yaml, targets.d/*.yaml, {_folder.Path}/targets.d/a*.yaml, ./more.yaml]");

        Assert.Equal(["prod", "more", "a", "a2", "b"], configuration.Targets.Select(target => target.Name));
    }

    [Fact]
    public void Target_files_alone_are_enough()
    {
        _folder.Write("all.yaml", Target("a"));

        Assert.Single(_folder.LoadValid(ConfigurationFolder.Credentials + "targetFiles: [all.yaml]").Targets);
    }

    [Fact]
    public void The_links_of_a_Kubernetes_volume_are_read_and_hidden_files_are_not()
    {
        _folder.Write("volume/..2024_01_01/a.yaml", Target("a"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "volume", "..data"), "..2024_01_01");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "volume", "a.yaml"), "..data/a.yaml");

        _folder.Write("volume/.a.yaml", Target("hidden"));

        var configuration = _folder.LoadValid(ConfigurationFolder.Valid + "targetFiles: ['volume/*.yaml']");

        Assert.Equal(["prod", "a"], configuration.Targets.Select(target => target.Name));
    }

    [Theory]
    [InlineData("nowhere.yaml", "jobwatcher.yaml:9:15: targetFiles[0]: \"nowhere.yaml\" does not exist (looked for at FOLDER/nowhere.yaml)")]
    [InlineData("nowhere/*.yaml", "jobwatcher.yaml:9:15: targetFiles[0]: \"nowhere/*.yaml\" looks into FOLDER/nowhere, which is no folder; only the file's name may hold a *")]
    [InlineData("*/a.yaml", "jobwatcher.yaml:9:15: targetFiles[0]: \"*/a.yaml\" does not exist (looked for at FOLDER/*/a.yaml)")]
    [InlineData("broken.yaml", "broken.yaml:1:3: cannot be read as YAML: While scanning a quoted scalar, found unexpected end of stream; check quotes, colons and indentation here")]
    [InlineData("keys.yaml", "keys.yaml:1:1: targets: must be a list, each item on a line of its own after a dash")]
    [InlineData("faulty.yaml", "faulty.yaml:1:9: targets[0].name: \"a b\" is not a name; use 1 to 63 letters, digits, dots, underscores and hyphens")]
    [InlineData("twice.yaml", "twice.yaml:1:9: targets[0].name: \"prod\" is already the name of the target at jobwatcher.yaml:2:11; names are unique")]
    [InlineData("d/unknown.yaml", "d/unknown.yaml:4:3: targets[0].colour: is not a known key; known here are name, region, projectId, allowHttp, endpoint, credentials, interval, jobNames, labels, alerting, iamEndpoint, caFile")]
    public void A_fault_is_told_with_the_file_that_it_is_in(string pattern, string line)
    {
        _folder.Write("broken.yaml", "- 'name");
        _folder.Write("keys.yaml", "targets: []");
        _folder.Write("faulty.yaml", Target("a b"));
        _folder.Write("twice.yaml", Target("prod"));
        _folder.Write("d/unknown.yaml", Target("a") + "  colour: red\n");

        Assert.Equal([line], _folder.FaultsOf(ConfigurationFolder.Valid + $"targetFiles: ['{pattern}']"));
    }

    [Fact]
    public void The_number_of_files_is_bounded()
    {
        for (var i = 0; i <= 1000; i++)
        {
            _folder.Write($"d/{i}.yaml", "");
        }

        Assert.Equal(
            ["jobwatcher.yaml:9:15: targetFiles[0]: \"d/*.yaml\" leads to more than 1000 files; put more targets into each"],
            _folder.FaultsOf(ConfigurationFolder.Valid + "targetFiles: [d/*.yaml]"));
    }

    [Fact]
    public void Neither_targets_nor_files_with_any_are_nothing_to_watch()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "d"));

        Assert.Equal(
            ["jobwatcher.yaml:1:1: targets: name nothing to watch; add one with name, region and projectId"],
            _folder.FaultsOf(ConfigurationFolder.Credentials + "targetFiles: [d/*.yaml]"));
    }

    public void Dispose() => _folder.Dispose();

    private static string Target(string name) =>
        $"- name: {name}\n  region: cn-north-4\n  projectId: 619d3e78f61b4be68bc5aa0b59edcf7b\n";
}
