using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;
using Microsoft.AspNetCore.Http;

namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>A webhook in trouble gets each event none the less, in order for each alert and so that it can be believed.</summary>
public sealed class WebhookTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly Dictionary<string, (Func<HttpContext, Task> Trouble, int Calls, TimeSpan Wait)> Troubles = new(StringComparer.Ordinal)
    {
        ["fails"] = (TroubledFront.Answering(500), 3, default),
        ["is busy"] = (AskForPatienceAsync, 2, Patience),
        ["is slow"] = (TroubledFront.HangAsync, 1, default),
        ["dies in the middle"] = (DieAsync, 3, default),
    };

    public static TheoryData<string> Names => [.. Troubles.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_event_arrives_at_least_once_in_order_and_signed(string trouble)
    {
        var (answer, troubled, wait) = Troubles[trouble];
        await using var webhook = await RecordingWebhook.StartAsync(answer, troubled);
        await using var watched = await WatchedCloud.StartAsync(webhook.Receiver);

        var ends = await watched.FailAsync("ends");
        await watched.RepairAsync(ends);
        var fires = await watched.FailAsync("fires");
        await watched.PollsOnAsync(2);

        await Eventually.SeesAsync(() =>
        {
            Assert.Equal(["firing", "resolved"], Told(webhook.Taken, ends));
            Assert.Equal(["firing"], Told(webhook.Taken, fires));
            return Task.CompletedTask;
        });
        await watched.Watcher.ShowsAsync(scrape => Assert.Equal(0, scrape.Value("jobwatcher_notifications_pending", ("receiver", "hook"))));
        var calls = webhook.Calls;
        Assert.Equal(["firing", "resolved"], Told(calls, ends));
        Assert.Equal(3, calls.Select(call => (call.Id, call.Job, call.Status)).Distinct().Count());
        Assert.Equal(3, calls.Select(call => call.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(3 + troubled, calls.Count);
        Assert.All(Enumerable.Range(0, troubled), call => Assert.True(calls[call + 1].Arrived - calls[call].Arrived >= wait));
        Assert.All(calls, AssertGenuine);
    }

    // What arrives is believed; what somebody altered, or kept to send it later, is not.
    private static void AssertGenuine(WebhookCall call)
    {
        var now = call.Arrived;
        byte[] altered = [.. call.Body];
        altered[^2] ^= 1;

        Assert.True(call.Verifies(RecordingWebhook.Secret, now));
        Assert.False(call.Verifies(RecordingWebhook.Secret, now.AddMinutes(6)));
        Assert.False((call with { Body = altered }).Verifies(RecordingWebhook.Secret, now));
        Assert.False((call with { Id = $"{call.Id}0" }).Verifies(RecordingWebhook.Secret, now));
        Assert.False((call with { Timestamp = $"{now.AddMinutes(1).ToUnixTimeSeconds()}" }).Verifies(RecordingWebhook.Secret, now));
        Assert.False(call.Verifies("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx", now));
    }

    // The last of each event, since one that was taken may come again.
    private static IReadOnlyList<string> Told(IEnumerable<WebhookCall> calls, CloudJob job) =>
        [.. calls.Where(call => call.Job == job.JobId).Reverse().Select(call => call.Status).Distinct(StringComparer.Ordinal).Reverse()];

    private static Task AskForPatienceAsync(HttpContext context)
    {
        context.Response.StatusCode = 429;
        context.Response.Headers.RetryAfter = $"{Patience.TotalSeconds}";
        return Task.CompletedTask;
    }

    private static Task DieAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
