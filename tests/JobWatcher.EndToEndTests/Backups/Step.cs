using System.Text.Json;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Backups;

/// <summary>A transition as users see it: in the log, or in the history.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="JobId">The job.</param>
/// <param name="From">The status before.</param>
/// <param name="To">The status after.</param>
internal sealed record Step(string Id, string JobId, string From, string To)
{
    private static readonly string[] Events = ["JobAppeared", "JobStatusChanged", "JobVanished"];

    /// <summary>The steps of a log, oldest first.</summary>
    public static IReadOnlyList<Step> InLog(IEnumerable<LogEvent> events) =>
    [
        .. events.Where(logged => Events.Contains(logged.Name, StringComparer.Ordinal)).Select(logged => new Step(
            logged.Text("TransitionId")!, logged.Text("JobId")!, logged.Text("FromStatus")!, logged.Text("ToStatus")!)),
    ];

    /// <summary>The steps of what <c>history --output json</c> prints, oldest first.</summary>
    public static IReadOnlyList<Step> InHistory(IReadOnlyList<string> output)
    {
        using var items = JsonDocument.Parse(string.Join('\n', output));
        return
        [
            .. items.RootElement.EnumerateArray().Reverse().Select(item => new Step(
                Text(item, "transitionId"), Text(item, "jobId"), Text(item, "fromStatus"), Text(item, "toStatus"))),
        ];
    }

    private static string Text(JsonElement item, string key) => item.GetProperty(key).GetString()!;
}
