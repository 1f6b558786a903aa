namespace JobWatcher.Tests.Configuration;

/// <summary>Faults of single keys. The lines added here begin with line 9.</summary>
public sealed class KeyFaultTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    [Theory]
    [InlineData("poling: {}", "9:1: poling: is not a known key; did you mean polling?")]
    [InlineData("Polling: {}", "9:1: Polling: is not a known key; did you mean polling?")]
    [InlineData("polling: { intervall: 1s }", "9:12: polling.intervall: is not a known key; did you mean interval?")]
    [InlineData("polling: { nitervol: 1s }", "9:12: polling.nitervol: is not a known key; did you mean interval?")]
    [InlineData("server: { tls: on }", "9:11: server.tls: is not a known key; known here are listen, externalUrl")]
    [InlineData("\"a\\nb\": 1", "9:1: a\\u000ab: is not a known key; known here are credentials, polling, alerting, labels, targets, targetFiles, store, metrics, server, logging")]
    [InlineData("polling: 30s", "9:10: polling: must hold keys, each with a value")]
    [InlineData("polling: [30s]", "9:10: polling: must hold keys, each with a value")]
    [InlineData("targetFiles: targets.yaml", "9:14: targetFiles: must be a list, each item on a line of its own after a dash")]
    [InlineData("targetFiles: [~]", "9:15: targetFiles[0]: is empty; give a value or take the line out")]
    [InlineData("targetFiles: [[a]]", "9:15: targetFiles[0]: takes one value, not a list")]
    [InlineData("store: { path: [a] }", "9:16: store.path: takes one value, not a list")]
    [InlineData("store: { path: { a: b } }", "9:16: store.path: takes one value, not keys of its own")]
    [InlineData("store: { path: '' }", "9:16: store.path: is empty; give a value or leave the key out")]
    [InlineData("store: { path: \"a\\u200bb\" }", "9:16: store.path: holds the invisible character U+200B; type the value anew, on one line")]
    [InlineData("store: { path: \"a\\0b\" }", "9:16: store.path: holds the invisible character U+0000; type the value anew, on one line")]
    [InlineData("store: { provider: postgres }", "9:20: store.provider: \"postgres\" is not supported; the only provider is sqlite, so leave the key out")]
    [InlineData("polling: { interval: 5x }", "9:22: polling.interval: \"5x\" is not a duration; write it like 30s, 5m or 1h30m")]
    [InlineData("polling: { interval: 999ms }", "9:22: polling.interval: \"999ms\" is not between 1s and 1d")]
    [InlineData("polling: { requestTimeout: 11m, pollTimeout: 1h }", "9:28: polling.requestTimeout: \"11m\" is not between 100ms and 10m")]
    [InlineData("polling: { requestTimeout: 5s, pollTimeout: 4s }", "9:45: polling.pollTimeout: \"4s\" is shorter than requestTimeout, 5s; a poll is at least one request")]
    [InlineData("polling: { unknownAfter: 59s }", "9:26: polling.unknownAfter: \"59s\" is less than two intervals of 30s; one failed poll would already be an outage")]
    [InlineData("polling: { overlap: 9s }", "9:21: polling.overlap: \"9s\" is not between 10s and 1d")]
    [InlineData("polling: { fullListingEvery: 8d }", "9:30: polling.fullListingEvery: \"8d\" is not between 1m and 7d")]
    [InlineData("polling: { language: fr }", "9:22: polling.language: \"fr\" is not known; write en-us or zh-cn")]
    [InlineData("metrics: { perJob: yes }", "9:20: metrics.perJob: \"yes\" is not a yes or no; write true or false")]
    [InlineData("metrics: { perJobLimit: 0 }", "9:25: metrics.perJobLimit: \"0\" is not a whole number from 1 to 100000")]
    [InlineData("metrics: { jobNameLimit: 1e2 }", "9:26: metrics.jobNameLimit: \"1e2\" is not a whole number from 1 to 1000")]
    [InlineData("metrics: { perJobLimitTotal: 99999999999 }", "9:30: metrics.perJobLimitTotal: \"99999999999\" is not a whole number from 1 to 1000000")]
    [InlineData("server: { listen: ':9464' }", "9:19: server.listen: \":9464\" is not an address; write it like https://host or http://host:port")]
    [InlineData("server: { listen: /metrics }", "9:19: server.listen: \"/metrics\" is not an address; write it like https://host or http://host:port")]
    [InlineData("server: { listen: 'https://0.0.0.0:9464' }", "9:19: server.listen: \"https://0.0.0.0:9464\" is not an http address; put TLS in front of JobWatcher")]
    [InlineData("server: { listen: 'http://0.0.0.0:9464/x' }", "9:19: server.listen: \"http://0.0.0.0:9464/x\" has a path; give only address and port")]
    [InlineData("server: { listen: 'http://0.0.0.0:9464?x=1' }", "9:19: server.listen: \"http://0.0.0.0:9464?x=1\" has a query or fragment; take it out")]
    [InlineData("server: { listen: 'http://watcher:9464' }", "9:19: server.listen: \"http://watcher:9464\" is no address to listen on; give an IP address, such as 0.0.0.0 for all, or localhost with a port")]
    [InlineData("server: { listen: 'http://localhost:0' }", "9:19: server.listen: \"http://localhost:0\" is no address to listen on; give an IP address, such as 0.0.0.0 for all, or localhost with a port")]
    [InlineData("logging: { level: Loud }", "9:19: logging.level: \"Loud\" is not known; write Trace, Debug, Information, Warning, Error or Critical")]
    [InlineData("logging: { format: xml }", "9:20: logging.format: \"xml\" is not known; write json or text")]
    [InlineData("labels: { 9a: x }", "9:11: labels.9a: is not a label name; use letters, digits and _, not a digit or __ at the start")]
    [InlineData("labels: { __a: x }", "9:11: labels.__a: is not a label name; use letters, digits and _, not a digit or __ at the start")]
    [InlineData("labels: { job_id: x }", "9:11: labels.job_id: is a label of JobWatcher's own or of Prometheus; choose another name")]
    [InlineData("labels: { team: [x] }", "9:17: labels.team: takes one value, not a list")]
    [InlineData("labels: {a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, j: 1, k: 1}", "9:9: labels: are 11, more than the 10 that are allowed")]
    public void A_fault_names_key_value_and_way_out(string yaml, string line) =>
        Assert.Equal(["jobwatcher.yaml:" + line], _folder.FaultsOf(ConfigurationFolder.Valid + yaml));

    [Fact]
    public void What_is_of_the_wrong_kind_is_not_also_missing() =>
        Assert.Equal(
            [
                "jobwatcher.yaml:1:10: targets: must be a list, each item on a line of its own after a dash",
                "jobwatcher.yaml:2:14: credentials: must hold keys, each with a value",
            ],
            _folder.FaultsOf("targets: 5\ncredentials: 6\n"));

    [Fact]
    public void A_label_of_too_many_characters_is_told_without_them() =>
        Assert.Equal(
            ["jobwatcher.yaml:9:11: labels.team: has a value longer than 200 characters"],
            _folder.FaultsOf(ConfigurationFolder.Valid + $"labels: {{ team: {new string('x', 201)} }}"));

    [Fact]
    public void A_key_without_a_value_counts_as_left_out()
    {
        var configuration = _folder.LoadValid(
            ConfigurationFolder.Valid + "polling:\nstore: ~\nmetrics: { perJobLimit: null }\nlabels:\n  team:\ntargetFiles:\n");

        Assert.Equal(500, configuration.Metrics.PerJobLimit);
        Assert.Empty(Assert.Single(configuration.Targets).Labels);
    }

    [Fact]
    public void All_faults_are_told_at_once_in_order_of_place() =>
        Assert.Equal(
            [
                "jobwatcher.yaml:1:22: polling.interval: \"soon\" is not a duration; write it like 30s, 5m or 1h30m",
                "jobwatcher.yaml:3:11: targets[0].name: \"a b\" is not a name; use 1 to 63 letters, digits, dots, underscores and hyphens",
                "jobwatcher.yaml:5:1: colour: is not a known key; known here are credentials, polling, alerting, labels, targets, targetFiles, store, metrics, server, logging",
                "jobwatcher.yaml:6:25: credentials.default: holds no credentials; give accessKey and secretKeyFile, or tokenFile, or domain, user and passwordFile, or instanceMetadata: true",
                "JOBWATCHER_STORE__PTH: store.pth: is not a known key; did you mean path?",
            ],
            FaultsWith(
                "JOBWATCHER_STORE__PTH",
                """
                polling: { interval: soon }
                targets:
                  - name: a b
                    region: cn-north-4
                colour: red
                credentials: { default: {} }
                """));

    private IReadOnlyList<string> FaultsWith(string variable, string yaml)
    {
        _folder.Environment[variable] = "x";
        return _folder.FaultsOf(yaml);
    }

    public void Dispose() => _folder.Dispose();
}
