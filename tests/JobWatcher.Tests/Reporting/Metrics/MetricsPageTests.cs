using System.Text.RegularExpressions;
using JobWatcher.Alerting.Receivers;
using JobWatcher.Reporting.Metrics;

namespace JobWatcher.Tests.Reporting.Metrics;

/// <summary>Holds <c>docs/metrics.md</c> and the code together.</summary>
public sealed partial class MetricsPageTests
{
    [Fact]
    public void The_page_lists_the_metrics_with_their_types_and_no_others()
    {
        var made = MetricFamilies.All.Select(family => (family.Name, Type: family.Kind is MetricKind.Counter ? "counter" : "gauge"))
            .Append((DurationHistograms.JobDuration, "histogram"))
            .Append((DurationHistograms.PollDuration, "histogram"))
            .Append((DurationHistograms.CommitDuration, "histogram"))
            .Append((NotificationLatency.Name, "histogram"));

        var told = Row().Matches(ReferencePage.Read("metrics.md"))
            .Select(row => (Name: row.Groups["name"].Value, Type: row.Groups["type"].Value));

        Assert.Equal(made.Order(), told.Order());
    }

    [GeneratedRegex(@"^\| `(?<name>\w+)` \| (?<type>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
