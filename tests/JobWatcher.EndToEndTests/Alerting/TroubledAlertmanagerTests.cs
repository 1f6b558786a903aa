using JobWatcher.EndToEndTests.Seen;
using Microsoft.AspNetCore.Http;

namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>An Alertmanager in trouble costs no poll, and what people are told is right again after it.</summary>
public sealed class TroubledAlertmanagerTests
{
    private static readonly Dictionary<string, Func<HttpContext, Task>> Troubles = new(StringComparer.Ordinal)
    {
        ["500"] = TroubledFront.Answering(500),
        ["400"] = TroubledFront.Answering(400),
        ["slow"] = TroubledFront.HangAsync,
    };

    public static TheoryData<string> Names => [.. Troubles.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_starts_and_ends_during_its_trouble_is_told_after_it_once_and_polls_go_on(string trouble)
    {
        await using var alertmanager = await RealAlertmanager.StartAsync();
        await using var front = await TroubledFront.StartAsync(alertmanager);
        await using var watched = await WatchedCloud.StartAsync(RealAlertmanager.ReceiverAt([front.Address]));
        var people = alertmanager.People;
        var before = await watched.FailAsync("before");
        await people.TellsAsync(before.JobId, "firing");

        front.Trouble = Troubles[trouble];
        await watched.RepairAsync(before);
        var during = await watched.FailAsync("during");
        await watched.Watcher.ShowsAsync(scrape => Assert.Equal(2, scrape.Value("jobwatcher_notifications_pending", ("receiver", "am"))));
        await Eventually.SeesAsync(() =>
        {
            Assert.InRange(front.Troubled, 1, int.MaxValue);
            return Task.CompletedTask;
        });
        await watched.PollsOnAsync(3);
        Assert.Empty(people.Of(during.JobId));
        front.Trouble = null;

        await people.TellsAsync(before.JobId, "firing", "resolved");
        await people.TellsAsync(during.JobId, "firing");
        await alertmanager.KnowsAsync(during.JobId);
        await watched.RepairAsync(during);
        await people.TellsAsync(during.JobId, "firing", "resolved");
        Assert.Equal(["firing", "resolved"], people.Of(before.JobId));
        await alertmanager.KnowsAsync();
    }
}
