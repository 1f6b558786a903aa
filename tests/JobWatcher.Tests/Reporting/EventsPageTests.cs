using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace JobWatcher.Tests.Reporting;

/// <summary>Holds <c>docs/events.md</c> and the code together.</summary>
public sealed partial class EventsPageTests
{
    [Fact]
    public void The_page_lists_the_events_by_number_and_name_and_no_others()
    {
        var made = typeof(EventIds).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (Id: (int)field.GetRawConstantValue()!, field.Name));

        var told = Row().Matches(ReferencePage.Read("events.md"))
            .Select(row => (Id: int.Parse(row.Groups["id"].Value, CultureInfo.InvariantCulture), Name: row.Groups["name"].Value));

        Assert.Equal(made.Order(), told.Order());
    }

    [GeneratedRegex(@"^\| (?<id>\d+) \| (?<name>\w+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
