using System.Text.RegularExpressions;
using JobWatcher.Configuration;
using JobWatcher.Configuration.Nodes;
using JobWatcher.Configuration.Reading;
using JobWatcher.Configuration.Targets;

namespace JobWatcher.Tests.Configuration;

/// <summary>Holds <c>docs/configuration.md</c> and the code together.</summary>
public sealed partial class ReferencePageTests : IDisposable
{
    private const string TargetRules = "targets[].alerting.rules.";

    private static readonly string Page = ReferencePage.Read("configuration.md");

    private readonly ConfigurationFolder _folder = new();

    [Fact]
    public void The_page_lists_the_keys_that_are_read_and_no_others()
    {
        // Keys under names of the user's own are only read where there are some.
        const string Rules = "rules: { stuck: { byJobName: { RestoreDB: { runningAfter: 4h } } } }";
        const string Receivers = "receivers: [{ alertmanager: { urls: [http://a] } }, { webhook: { url: http://a } }]";
        var yaml = ConfigurationFolder.Target + $"    alerting: {{ {Rules} }}\n"
            + ConfigurationFolder.Credentials + $"alerting: {{ {Rules}, {Receivers} }}\n";
        using var session = new ReadingSession(_folder.Path, _folder.Path, _folder.Environment);
        YamlText.TryRead(yaml, "jobwatcher.yaml", 0, session.Faults, out var root);
        session.Mapping(root, KeyPath.Root, default)!.ReadAll(WatcherConfiguration.Read);

        var leaves = session.KnownKeys.Where(key => !session.KnownKeys.Any(other =>
            other.StartsWith(key + ".", StringComparison.Ordinal) || other.StartsWith(key + "[", StringComparison.Ordinal))).ToList();

        // One row says that a target's rules are as those for all.
        var ofTarget = leaves.Where(key => key.StartsWith(TargetRules, StringComparison.Ordinal)).ToList();
        Assert.Equal(
            leaves.Where(key => key.StartsWith("alerting.rules.", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            ofTarget.Select(key => key["targets[].".Length..]).Order(StringComparer.Ordinal));
        leaves = [.. leaves.Except(ofTarget), TargetRules.TrimEnd('.')];

        Assert.Equal(leaves.Order(StringComparer.Ordinal), Rows().Select(row => row.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_defaults_on_the_page_are_those_of_the_code()
    {
        var byDefault = _folder.LoadValid(ConfigurationFolder.Valid);
        foreach (var (key, value) in Rows().Where(row => !row.Key.Contains("[]", StringComparison.Ordinal)))
        {
            _folder.Environment["JOBWATCHER_" + key.Replace(".", "__", StringComparison.Ordinal)] = value ?? "";
        }

        var byPage = _folder.LoadValid(ConfigurationFolder.Valid);

        Assert.Equal("500", _folder.Environment["JOBWATCHER_metrics__perJobLimit"]);
        Assert.Equal(byDefault.Polling, byPage.Polling);
        Assert.Equal(byDefault.Alerting, byPage.Alerting);
        Assert.Equal(byDefault.Store, byPage.Store);
        Assert.Equal(byDefault.Metrics, byPage.Metrics);
        Assert.Equal(byDefault.Server, byPage.Server);
        Assert.Equal(byDefault.Logging, byPage.Logging);
    }

    [Fact]
    public void The_examples_on_the_page_work_as_written()
    {
        var examples = Examples().Matches(Page).Select(match => match.Groups["yaml"].Value).ToList();
        _folder.Write("secrets/sk", "sk\n");
        _folder.Write("secrets/token", "t\n");
        _folder.Write("targets.d/orders.yaml", examples[1]);

        var configuration = _folder.LoadValid(examples[0]);

        Assert.Equal(["prod", "private", "orders"], configuration.Targets.Select(target => target.Name));
    }

    [Fact]
    public void The_page_names_all_labels_that_users_may_not_give() =>
        Assert.All(Labels.Reserved, label => Assert.Contains($"`{label}`", Page, StringComparison.Ordinal));

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<(string Key, string? Default)> Rows() => Row().Matches(Page).Select(match =>
        (match.Groups["key"].Value, match.Groups["default"] is { Success: true } value ? value.Value : null));

    // A default in backticks is a value; one in words is none.
    [GeneratedRegex(@"^\| `(?<key>[^`]+)` \|[^|]*\|( `(?<default>[^`]+)` \|)?", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"^```yaml\n(?<yaml>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Examples();
}
