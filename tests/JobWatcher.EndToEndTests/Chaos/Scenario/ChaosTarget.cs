using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Chaos.Scenario;

/// <summary>A target of a chaos run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ProjectId">Its project.</param>
/// <param name="Paging">What <c>offset</c> counts there, as the simulator names it.</param>
/// <param name="HidesFirst">Whether the server hides its first job behind the default offset.</param>
/// <param name="Before">How many jobs there are before the watch begins.</param>
/// <param name="Most">Above so many, ended jobs are taken off the list.</param>
internal sealed record ChaosTarget(string Name, string ProjectId, string Paging, bool HidesFirst, int Before, int Most)
{
    /// <summary>One of each kind of server; with one page, with two, and with a second page that comes and goes.</summary>
    public static readonly IReadOnlyList<ChaosTarget> All =
    [
        new("pages", Cloud.Project, "PageNumber", HidesFirst: false, 75, 95),
        new("records", "b1c2d3e4f5061728394a5b6c7d8e9f00", "RecordOffset", HidesFirst: false, 60, 80),
        new("hidden", "c1c2d3e4f5061728394a5b6c7d8e9f11", "RecordOffset", HidesFirst: true, 20, 30),
        new("small", "d1c2d3e4f5061728394a5b6c7d8e9f22", "PageNumber", HidesFirst: false, 5, 55),
    ];
}
