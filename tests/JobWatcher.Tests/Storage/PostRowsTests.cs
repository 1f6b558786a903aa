using Dapper;
using JobWatcher.Alerts;
using JobWatcher.Storage;
using JobWatcher.Tests.Alerting.Receivers;

namespace JobWatcher.Tests.Storage;

/// <summary>What the store keeps of the receivers of alerts.</summary>
public sealed class PostRowsTests : IAsyncDisposable
{
    private readonly TempStore _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receiver_is_told_of_what_ends_after_it_became_known()
    {
        var store = await OpenAsync();
        Assert.Equal(DateTimeOffset.UnixEpoch, (await store.Posts.TakeUpReceiversAsync(["first"], Token))["first"]);
        var alert = SomeAlert.Firing();
        await CommitAsync(store.Watch, new AlertChanges([alert], []));
        await CommitAsync(store.Watch, new AlertChanges([], [alert.EndedAt(SomeAlert.Noon.AddMinutes(1))]));

        var since = await store.Posts.TakeUpReceiversAsync(["first", "second"], Token);

        Assert.Equal(
            [("first", DateTimeOffset.UnixEpoch), ("second", SomeAlert.Noon.AddSeconds(61))],
            since.OrderBy(receiver => receiver.Key, StringComparer.Ordinal).Select(receiver => (receiver.Key, receiver.Value)));
    }

    [Fact]
    public async Task Whether_the_store_can_be_written_is_tried_on_the_disk_and_leaves_nothing()
    {
        var store = await OpenAsync();
        await store.Posts.TakeUpReceiversAsync(["am"], Token);
        var log = new FileInfo($"{_folder.Path}-wal");
        var before = log.Length;

        await store.Posts.CheckWriteAsync(Token);

        log.Refresh();
        Assert.True(log.Length > before);
        using var connection = _folder.Connect();
        Assert.Equal(["am"], connection.Query<string>("SELECT name FROM receivers"));
    }

    [Fact]
    public async Task The_first_acceptance_stays_for_its_receiver()
    {
        var store = await OpenAsync();
        await store.Posts.TakeUpReceiversAsync(["am", "other"], Token);
        var id = SomeAlert.Firing().Id;

        await MarkAsync(store.Posts, "am", id, SomeAlert.Noon);
        await MarkAsync(store.Posts, "am", id, SomeAlert.Noon.AddHours(1));

        Assert.Equal(SomeAlert.Noon, (await store.Posts.ReadPostsAsync("am", Token))[id]);
        Assert.Empty(await store.Posts.ReadPostsAsync("other", Token));
    }

    [Fact]
    public async Task A_receiver_that_is_taken_out_is_forgotten()
    {
        var store = await OpenAsync();
        await store.Posts.TakeUpReceiversAsync(["am"], Token);
        await MarkAsync(store.Posts, "am", SomeAlert.Firing().Id, SomeAlert.Noon);

        Assert.Empty(await store.Posts.TakeUpReceiversAsync([], Token));

        Assert.Empty(await store.Posts.ReadPostsAsync("am", Token));
    }

    [Fact]
    public async Task What_ended_long_ago_is_forgotten_and_what_fires_is_not()
    {
        var store = await OpenAsync();
        var (firing, recent, old) = (SomeAlert.Firing("a"), SomeAlert.Firing("b"), SomeAlert.Firing("c"));
        await CommitAsync(store.Watch, new AlertChanges([firing, recent, old], []));
        await CommitAsync(store.Watch, new AlertChanges(
            [], [recent.EndedAt(SomeAlert.Noon.AddDays(5)), old.EndedAt(SomeAlert.Noon.AddDays(1))]));
        foreach (var alert in new[] { firing, recent, old, SomeAlert.Firing("gone") })
        {
            await MarkAsync(store.Posts, "am", alert.Id, SomeAlert.Noon);
        }

        await store.Posts.ForgetPostsAsync(SomeAlert.Noon.AddDays(2), Token);

        Assert.Equal(
            new[] { firing.Id, recent.Id }.ToHashSet(), (await store.Posts.ReadPostsAsync("am", Token)).Keys.ToHashSet());
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    private async Task<(IWatchStore Watch, IPostStore Posts)> OpenAsync()
    {
        var store = await _folder.OpenAsync();
        await store.ReadTargetAsync();
        return (store, (IPostStore)store);
    }

    private static Task<AlertChanges?> CommitAsync(IWatchStore store, AlertChanges changes) =>
        store.CommitAlertsAsync(Make.Target, version: null, _ => changes, Token);

    private static Task MarkAsync(IPostStore store, string receiver, AlertId alert, DateTimeOffset time) =>
        store.MarkAcceptedAsync(receiver, new Dictionary<AlertId, DateTimeOffset> { [alert] = time }, Token);
}
