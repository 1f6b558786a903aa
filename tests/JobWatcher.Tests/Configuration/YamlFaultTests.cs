namespace JobWatcher.Tests.Configuration;

/// <summary>What is wrong with a file before any key has a meaning. The lines added here begin with line 9.</summary>
public sealed class YamlFaultTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    [Theory]
    [InlineData(
        "polling:\n\tinterval: 5s\n",
        "jobwatcher.yaml:10:1: cannot be read as YAML: indent with spaces, not with a tab")]
    [InlineData(
        "polling: { interval: 5s\nstore: {}\n",
        "jobwatcher.yaml:9:20: cannot be read as YAML: something that begins before here is never closed")]
    [InlineData(
        "store: { path: 'x }\n",
        "jobwatcher.yaml:9:16: cannot be read as YAML: While scanning a quoted scalar, found unexpected end of stream; " +
        "check quotes, colons and indentation here")]
    [InlineData(
        "---\nstore: {}\n",
        "jobwatcher.yaml:9:1: cannot be read as YAML: a second document begins here; the configuration is one, so take out the ---")]
    [InlineData(
        "store: { path: *data }\n",
        "jobwatcher.yaml:9:16: cannot be read as YAML: an alias of nothing above it; quote a value that begins with *")]
    [InlineData(
        "? [store]\n: {}\n",
        "jobwatcher.yaml:9:3: cannot be read as YAML: a key must be short and plain text")]
    [InlineData(
        "store: { path: !env DATA }\n",
        "jobwatcher.yaml:9:16: store.path: has a YAML tag, which has no meaning here; quote a value that begins with !")]
    [InlineData(
        "store:\n  path: a\n  path: b\n",
        "jobwatcher.yaml:11:3: store.path: is given twice, first in line 10; keep one of them")]
    [InlineData(
        "store: {}\0\n",
        "jobwatcher.yaml:9:10: holds a control character, so it is no YAML; write the file as plain text")]
    public void A_broken_text_is_told_with_its_place(string yaml, string line) =>
        Assert.Equal([line], _folder.FaultsOf(ConfigurationFolder.Valid + yaml));

    [Fact]
    public void A_text_that_closes_what_was_not_begun_is_told() =>
        Assert.Equal(
            ["jobwatcher.yaml:2:1: cannot be read as YAML: something is closed here that was not begun"],
            _folder.FaultsOf("  :\ta \n]{>:"));

    [Theory]
    [InlineData("hello")]
    [InlineData("- targets\n")]
    public void A_file_without_keys_is_no_configuration(string yaml) =>
        Assert.Equal(
            ["jobwatcher.yaml:1:1: must hold keys, such as targets, each with a value"], _folder.FaultsOf(yaml));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n...\n")]
    [InlineData("~")]
    public void An_empty_file_lacks_what_is_required(string yaml) =>
        Assert.Equal(
            [
                "jobwatcher.yaml:1:1: credentials: is missing; add an entry with accessKey and secretKeyFile, or set " +
                "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK",
                "jobwatcher.yaml:1:1: targets: name nothing to watch; add one with name, region and projectId",
            ],
            _folder.FaultsOf(yaml));

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_do_no_harm()
    {
        var yaml = "\uFEFF" + ConfigurationFolder.Valid.ReplaceLineEndings("\r\n");

        Assert.Single(_folder.LoadValid(yaml).Targets);
    }

    [Fact]
    public void An_alias_stands_for_what_it_names()
    {
        var configuration = _folder.LoadValid(ConfigurationFolder.Valid + "polling:\n  interval: &often 5s\n  requestTimeout: *often\n");

        Assert.Equal(configuration.Polling.Interval, configuration.Polling.RequestTimeout);
    }

    [Fact]
    public void Aliases_of_aliases_are_bounded()
    {
        var bomb = string.Concat(Enumerable.Range(1, 9).Select(i =>
            $"l{i}: &l{i} [{string.Join(", ", Enumerable.Repeat(i == 1 ? "x" : $"*l{i - 1}", 10))}]\n"));

        var line = Assert.Single(_folder.FaultsOf(ConfigurationFolder.Valid + bomb));

        Assert.Matches(@"^jobwatcher\.yaml:1[45]:\d+: cannot be read as YAML: aliases blow the configuration up; write fewer of them$", line);
    }

    [Fact]
    public void Nesting_is_bounded() =>
        Assert.Equal(
            ["jobwatcher.yaml:9:40: cannot be read as YAML: nothing in a configuration is nested so deeply"],
            _folder.FaultsOf(ConfigurationFolder.Valid + "store: " + new string('[', 500_000)));

    [Fact]
    public void The_size_of_a_file_is_bounded()
    {
        var line = Assert.Single(_folder.FaultsOf(ConfigurationFolder.Valid + new string('#', 1024 * 1024)));

        Assert.StartsWith("jobwatcher.yaml: is larger than 1024 KiB (looked for at FOLDER/jobwatcher.yaml)", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_another_encoding_is_told()
    {
        File.WriteAllBytes(Path.Combine(_folder.Path, "jobwatcher.yaml"), [0x6C, 0xFC, 0x0A]);

        var line = Assert.Single(_folder.Lines(_folder.Load()));

        Assert.StartsWith("jobwatcher.yaml: is not UTF-8 text; save it as such", line, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_read_before_a_broken_place_is_still_told() =>
        Assert.Equal(
            [
                "jobwatcher.yaml:10:1: store: is given twice, first in line 9; keep one of them",
                "jobwatcher.yaml:11:9: cannot be read as YAML: an alias of nothing above it; quote a value that begins with *",
            ],
            _folder.FaultsOf(ConfigurationFolder.Valid + "store: {}\nstore: {}\nserver: *x\n"));

    public void Dispose() => _folder.Dispose();
}
