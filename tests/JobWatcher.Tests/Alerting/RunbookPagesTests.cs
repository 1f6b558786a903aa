using System.Text.RegularExpressions;
using JobWatcher.Alerts;
using JobWatcher.Alerts.Rules;
using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Tests.Alerting;

/// <summary>Holds the pages on alerts, to which <c>runbook_url</c> points, and the code together.</summary>
public sealed partial class RunbookPagesTests
{
    public static TheoryData<string> Names => [.. AlertName.All.Select(name => name.Value)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_alert_has_a_page_that_says_what_to_do(string name)
    {
        var page = ReferencePage.Read($"alerts/{name}/README.md");

        Assert.StartsWith($"# {name}\n", page, StringComparison.Ordinal);
        Assert.Equal(
            ["What it means", "What to look at", "What to do", "How it ends"],
            Heading().Matches(page).Select(heading => heading.Groups["text"].Value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pages_speak_of_metrics_that_exist(string name)
    {
        var metrics = ReferencePage.Read("metrics.md");

        Assert.All(
            Metric().Matches(ReferencePage.Read($"alerts/{name}/README.md")).Select(metric => metric.Value).Distinct(),
            metric => Assert.Contains($"`{metric}`", metrics, StringComparison.Ordinal));
    }

    [Fact]
    public void The_link_leads_to_the_folder_of_the_page()
    {
        var alert = TimedAlerts.At([], Firing.SightOf([]), isUnknown: true).Started.Single();

        Assert.Equal($"{new AlertRules().Runbooks}{AlertName.TargetUnreachable}", alert.Annotations[AlertTexts.Runbook]);
    }

    [Fact]
    public void Pages_speak_of_operations_that_exist()
    {
        var pages = ReferencePage.Files("docs", "*.*").Select(File.ReadAllText).Append(ReferencePage.Read("../README.md"));

        Assert.All(
            pages.SelectMany(page => Operation().Matches(page)).Select(name => name.Value).Distinct(),
            name => Assert.Contains(name, JobNames.All));
    }

    [GeneratedRegex(@"\b\w*Gauss[dD][bB]for\w+", RegexOptions.None, 1000)]
    private static partial Regex Operation();

    [GeneratedRegex("^## (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("jobwatcher_[a-z_]+", RegexOptions.None, 1000)]
    private static partial Regex Metric();
}
