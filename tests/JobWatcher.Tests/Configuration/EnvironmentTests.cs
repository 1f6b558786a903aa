using JobWatcher.Configuration.Credentials;
using JobWatcher.Text;

namespace JobWatcher.Tests.Configuration;

public sealed class EnvironmentTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    [Fact]
    public void A_variable_goes_before_the_file()
    {
        Set(("JOBWATCHER_POLLING__INTERVAL", "45s"), ("JOBWATCHER_STORE__PATH", "other.db"), ("JOBWATCHER_METRICS__PERJOBLIMIT", "7"));

        var configuration = _folder.LoadValid(
            ConfigurationFolder.Valid + "polling: { interval: 5s, requestTimeout: 1s }\nstore:\n");

        Assert.Equal(Duration.Seconds(45), configuration.Polling.Interval);
        Assert.Equal(Duration.Seconds(1), configuration.Polling.RequestTimeout);
        Assert.Equal(Path.Combine(_folder.Path, "other.db"), configuration.Store.Path);
        Assert.Equal(7, configuration.Metrics.PerJobLimit);
    }

    [Fact]
    public void A_variable_replaces_even_a_faulty_value()
    {
        Set(("JOBWATCHER_POLLING__INTERVAL", "45s"));

        Assert.Equal(
            Duration.Seconds(45), _folder.LoadValid(ConfigurationFolder.Valid + "polling: { interval: soon }").Polling.Interval);
    }

    [Fact]
    public void Items_of_lists_are_changed_and_added_by_number()
    {
        Set(
            ("JOBWATCHER_TARGETS__0__INTERVAL", "45s"),
            ("JOBWATCHER_TARGETS__0__JOBNAMES__0", "b"),
            ("JOBWATCHER_TARGETS__0__JOBNAMES__1", "c"),
            ("JOBWATCHER_TARGETS__1__NAME", "second"),
            ("JOBWATCHER_TARGETS__1__REGION", "cn-east-3"),
            ("JOBWATCHER_TARGETS__1__PROJECTID", "719d3e78f61b4be68bc5aa0b59edcf7b"),
            ("JOBWATCHER_TARGETS__1__JOBNAMES__0", "d"));

        var targets = _folder.LoadValid(
            ConfigurationFolder.Target + "    jobNames: [a]\n" + ConfigurationFolder.Credentials).Targets;

        Assert.Equal(["prod", "second"], targets.Select(target => target.Name));
        Assert.Equal(["b", "c"], targets[0].JobNames.Order());
        Assert.Equal(["d"], targets[1].JobNames);
        Assert.Equal(Duration.Seconds(45), targets[0].Interval);
    }

    [Fact]
    public void Names_that_users_choose_are_matched_without_case_and_new_ones_are_lower_case()
    {
        Set(
            ("JOBWATCHER_LABELS__TEAM", "b"),
            ("JOBWATCHER_LABELS__STAGE", "live"),
            ("JOBWATCHER_CREDENTIALS__DEFAULT__SECRETKEY", "changed"));

        var configuration = _folder.LoadValid(ConfigurationFolder.Valid + "labels: { Team: a }\n");

        Assert.Equal(
            [KeyValuePair.Create("Team", "b"), KeyValuePair.Create("stage", "live")],
            Assert.Single(configuration.Targets).Labels.OrderBy(label => label.Key, StringComparer.Ordinal));
        Assert.Equal("changed", Assert.IsType<AccessKeyConfiguration>(configuration.Credentials["default"]).SecretKey.Value.Reveal());
    }

    [Fact]
    public void Without_a_file_the_environment_is_enough()
    {
        _folder.Write("sk", "from-file\n");
        Set(
            ("JOBWATCHER_TARGETS__0__NAME", "prod"),
            ("JOBWATCHER_TARGETS__0__REGION", "cn-north-4"),
            ("JOBWATCHER_TARGETS__0__PROJECTID", "619d3e78f61b4be68bc5aa0b59edcf7b"),
            ("JOBWATCHER_CREDENTIALS__DEFAULT__ACCESSKEY", "AK"),
            ("JOBWATCHER_CREDENTIALS__DEFAULT__SECRETKEYFILE", "sk"));

        var result = _folder.Load();

        Assert.Empty(_folder.Lines(result));
        Assert.Equal("prod", Assert.Single(result.Configuration!.Targets).Name);
        Assert.Equal(Path.Combine(_folder.Path, "data", "jobwatcher.db"), result.Configuration.Store.Path);
        Assert.Equal("from-file", Assert.IsType<AccessKeyConfiguration>(result.Configuration.Credentials["default"]).SecretKey.Value.Reveal());
    }

    [Fact]
    public void Without_a_file_what_is_missing_is_told_of_the_environment()
    {
        Set(("JOBWATCHER_TARGETS__0__NAME", "prod"));

        Assert.Equal(
            [
                "JOBWATCHER_TARGETS__0__NAME: targets[0].region: is missing; give the project's region, such as cn-north-4",
                "environment: credentials: is missing; add an entry with accessKey and secretKeyFile, or set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK",
            ],
            _folder.Lines(_folder.Load()));
    }

    [Theory]
    [InlineData("JOBWATCHER_PORT", "tcp://10.0.0.1:9464")]
    [InlineData("JOBWATCHER_SERVICE_HOST", "10.0.0.1")]
    [InlineData("JOBWATCHER_POLING__INTERVAL", "")]
    [InlineData("jobwatcher_poling__interval", "5s")]
    [InlineData("OTHER_POLLING__INTERVAL", "5s")]
    public void Other_variables_and_empty_ones_are_no_keys(string name, string value)
    {
        Set((name, value));

        Assert.Equal(Duration.Seconds(30), _folder.LoadValid(ConfigurationFolder.Valid).Polling.Interval);
    }

    [Theory]
    [InlineData("JOBWATCHER_POLING__INTERVAL", "poling: is not a known key; did you mean polling?")]
    [InlineData("JOBWATCHER_POLLING__INTERVALL", "polling.intervall: is not a known key; did you mean interval?")]
    [InlineData("JOBWATCHER__POLLING__INTERVAL", "_polling: is not a known key; did you mean polling?")]
    [InlineData("JOBWATCHER_STORE____PATH", "store.: is not a known key; known here are provider, path, historyRetention")]
    [InlineData("JOBWATCHER_STORE__PATH__X", "store.path: takes one value, not keys of its own")]
    [InlineData("JOBWATCHER_POLLING__INTERVAL", "polling.interval: \"x\" is not a duration; write it like 30s, 5m or 1h30m")]
    [InlineData("JOBWATCHER_TARGETS__0", "targets[0]: must hold keys, each with a value")]
    [InlineData("JOBWATCHER_TARGETS__2__NAME", "targets[2]: is not an item: those here are numbered from 0, the next new one is 1")]
    [InlineData("JOBWATCHER_TARGETS__PROD__NAME", "targets[prod]: is not an item: those here are numbered from 0, the next new one is 1")]
    [InlineData("JOBWATCHER_TARGETS__0__JOBNAMES__1", "targets[0].jobNames[1]: is not an item: those here are numbered from 0, the next new one is 0")]
    [InlineData("JOBWATCHER_A__B__C__D__E__F__G__H__I__J__K__L__M", "names no key: no key lies so deep")]
    public void A_variable_that_fits_nothing_is_told_by_its_name(string name, string message)
    {
        Set((name, "x"));

        Assert.Equal([$"{name}: {message}"], _folder.FaultsOf(ConfigurationFolder.Valid));
    }

    [Fact]
    public void Each_unknown_variable_is_told()
    {
        Set(("JOBWATCHER_POLING__INTERVAL", "5s"), ("JOBWATCHER_POLING__UNKNOWNAFTER", "5m"));

        Assert.Equal(
            [
                "JOBWATCHER_POLING__INTERVAL: poling: is not a known key; did you mean polling?",
                "JOBWATCHER_POLING__UNKNOWNAFTER: poling: is not a known key; did you mean polling?",
            ],
            _folder.FaultsOf(ConfigurationFolder.Valid));
    }

    [Fact]
    public void Two_variables_for_one_key_are_told()
    {
        Set(("JOBWATCHER_STORE__PATH", "a"), ("JOBWATCHER_STORE__Path", "b"), ("JOBWATCHER_STORE__PATH__X", "c"));

        Assert.Equal(
            [
                "JOBWATCHER_STORE__PATH__X: store.path: is also given by JOBWATCHER_STORE__PATH; keep one of them",
                "JOBWATCHER_STORE__Path: store.path: is also given by JOBWATCHER_STORE__PATH; keep one of them",
            ],
            _folder.FaultsOf(ConfigurationFolder.Valid));
    }

    [Fact]
    public void A_secret_in_a_variable_is_not_told()
    {
        Set(("JOBWATCHER_CREDENTIALS__DEFAULT__SECRETKEY", "top secret"));

        Assert.Equal(
            ["JOBWATCHER_CREDENTIALS__DEFAULT__SECRETKEY: credentials.default.secretKey: holds a space or another character that no key or token has; copy it anew"],
            _folder.FaultsOf(ConfigurationFolder.Valid));
    }

    public void Dispose() => _folder.Dispose();

    private void Set(params (string Name, string Value)[] variables)
    {
        foreach (var (name, value) in variables)
        {
            _folder.Environment[name] = value;
        }
    }
}
