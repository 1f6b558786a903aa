using System.Text.Json;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Reporting;
using JobWatcher.Snapshots;
using JobWatcher.Storage;
using JobWatcher.Tests.Storage;

namespace JobWatcher.Tests.Reporting;

public sealed class TransitionItemTests
{
    [Fact]
    public void Its_fields_are_those_of_the_log_event_in_their_order()
    {
        var step = Make.Step("job-1", JobStatus.Running, JobStatus.Completed);
        var committed = new CommittedTransition
        {
            Id = TransitionId.Of(Make.Region, Make.Project, step, 1),
            Target = Make.Target,
            ProjectId = Make.Project,
            Region = Make.Region,
            Sequence = 1,
            Labels = new Dictionary<string, string>(StringComparer.Ordinal),
            Transition = step,
        };
        string[] ofEveryEvent = ["EventId", "SourceContext"];

        var fields = TransitionEvent.Of(committed, Make.Noon).Properties.Keys.Except(ofEveryEvent, StringComparer.Ordinal);
        var item = JsonSerializer.SerializeToElement(TransitionItem.Of(committed), JsonSerializerOptions.Web);

        Assert.Equal(
            fields.Select(JsonNamingPolicy.CamelCase.ConvertName), item.EnumerateObject().Select(field => field.Name));
    }
}
