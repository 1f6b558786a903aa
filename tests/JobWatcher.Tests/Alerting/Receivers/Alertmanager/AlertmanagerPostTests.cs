using CsCheck;
using JobWatcher.Alerting.Receivers.Alertmanager;
using static JobWatcher.Tests.Alerting.Receivers.SomeAlert;

namespace JobWatcher.Tests.Alerting.Receivers.Alertmanager;

public sealed class AlertmanagerPostTests
{
    private static readonly PostRules Rules = SenderRig.Rules with { Since = Noon.AddHours(-1) };

    [Fact]
    public void An_alert_that_fires_is_posted_as_such_whether_anybody_took_it_or_not()
    {
        Assert.Equal(Post(PostKind.Firing), Of(Firing(), acceptedAfter: null, after: 60));
        Assert.Equal(Post(PostKind.Firing), Of(Firing(), acceptedAfter: 0, after: 60));
    }

    [Fact]
    public void An_alert_that_ended_before_anybody_took_it_is_posted_as_firing_for_three_days()
    {
        var ended = Firing().EndedAt(Noon.AddSeconds(30));

        Assert.Equal(Post(PostKind.Firing, until: 31 + 259_200), Of(ended, acceptedAfter: null, after: 31));
        Assert.Equal(PostKind.Firing, Of(ended, acceptedAfter: null, after: 31 + 259_199).Kind);
        Assert.Equal(Post(PostKind.None), Of(ended, acceptedAfter: null, after: 31 + 259_200));
    }

    [Fact]
    public void What_ended_before_the_receiver_was_there_is_none_of_its_business()
    {
        var ended = Firing().EndedAt(Noon.AddSeconds(30));

        Assert.Equal(PostKind.None, AlertmanagerPost.Of(ended, null, Rules with { Since = Noon.AddSeconds(31) }, Noon.AddMinutes(1)).Kind);
        Assert.Equal(PostKind.Firing, AlertmanagerPost.Of(ended, null, Rules with { Since = Noon.AddSeconds(30) }, Noon.AddMinutes(1)).Kind);
    }

    [Fact]
    public void An_alert_is_posted_as_firing_for_five_minutes_from_when_it_was_taken()
    {
        var ended = Firing().EndedAt(Noon.AddSeconds(30));

        Assert.Equal(Post(PostKind.Firing, until: 310), Of(ended, acceptedAfter: 10, after: 309));
        Assert.Equal(PostKind.Resolved, Of(ended, acceptedAfter: 10, after: 310).Kind);
    }

    [Fact]
    public void A_resolution_is_posted_for_fifteen_minutes_from_when_it_is_told_first()
    {
        var early = Firing().EndedAt(Noon.AddSeconds(30));
        var late = Firing().EndedAt(Noon.AddSeconds(3599));

        Assert.Equal(Post(PostKind.Resolved, until: 310 + 900), Of(early, acceptedAfter: 10, after: 310 + 899));
        Assert.Equal(Post(PostKind.None), Of(early, acceptedAfter: 10, after: 310 + 900));
        Assert.Equal(Post(PostKind.Resolved, until: 3600 + 900), Of(late, acceptedAfter: 10, after: 3600));
        Assert.Equal(Post(PostKind.None), Of(late, acceptedAfter: 10, after: 3600 + 900));
    }

    [Fact]
    public void An_end_is_not_told_before_the_store_knows_of_the_start()
    {
        var ended = Firing().EndedAt(Noon.AddSeconds(30));

        Assert.Equal(
            Post(PostKind.Firing), AlertmanagerPost.Of(ended, new Acceptance(Noon, Saved: null), Rules, Noon.AddHours(1)));
    }

    [Fact]
    public void An_end_that_waited_for_the_store_is_told_for_as_long_as_any_other()
    {
        var acceptance = new Acceptance(Noon, Saved: Noon.AddHours(1));
        var ended = Firing().EndedAt(Noon.AddSeconds(30));

        Assert.Equal(
            Post(PostKind.Resolved, until: 3600 + 900), AlertmanagerPost.Of(ended, acceptance, Rules, Noon.AddHours(1)));
    }

    [Fact]
    public void Nothing_that_rests_on_the_clouds_time_is_told_while_that_is_not_known()
    {
        var ended = Firing().EndedAt(Noon.AddSeconds(30));

        Assert.Equal(PostKind.None, AlertmanagerPost.Of(ended, new Acceptance(Noon, Noon), Rules, cloudNow: null).Kind);
        Assert.Equal(PostKind.None, AlertmanagerPost.Of(ended, null, Rules, cloudNow: null).Kind);
        Assert.Equal(PostKind.Firing, AlertmanagerPost.Of(Firing(), null, Rules, cloudNow: null).Kind);
    }

    [Theory]
    [InlineData(60, 900)]
    [InlineData(225, 900)]
    [InlineData(300, 1200)]
    public void A_post_holds_for_four_resends_and_at_least_a_quarter_of_an_hour(int resendEvery, int lifetime) =>
        Assert.Equal(
            TimeSpan.FromSeconds(lifetime), (Rules with { ResendEvery = TimeSpan.FromSeconds(resendEvery) }).Lifetime);

    [Fact]
    public void Of_an_alert_that_somebody_took_each_moment_is_firing_then_resolved_then_nothing() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 100_000], Gen.Int[1, 10_000], Gen.Int[1, 3600]).Sample(
            (accepted, ended, minActive, resendEvery) =>
            {
                var rules = Rules with
                {
                    MinActive = TimeSpan.FromSeconds(minActive), ResendEvery = TimeSpan.FromSeconds(resendEvery),
                };
                var alert = Firing().EndedAt(Noon.AddSeconds(ended));
                var acceptance = new Acceptance(Noon.AddSeconds(accepted), Noon.AddSeconds(accepted));
                var now = Noon.AddSeconds(Math.Max(accepted, ended));
                var seen = new List<PostKind>();

                while (true)
                {
                    var post = AlertmanagerPost.Of(alert, acceptance, rules, now);
                    seen.Add(post.Kind);
                    if (post.Until is not { } until)
                    {
                        break;
                    }

                    // The moment before is still as told, so that nothing happens unseen between two looks.
                    Assert.Equal(post, AlertmanagerPost.Of(alert, acceptance, rules, until.AddTicks(-1)));
                    Assert.True(until > now);
                    now = until;
                }

                Assert.Equal([PostKind.Resolved, PostKind.None], seen.Skip(seen[0] is PostKind.Firing ? 1 : 0));
                Assert.True(now >= Noon.AddSeconds(accepted + minActive) + rules.Lifetime);
            });

    [Fact]
    public void What_was_taken_by_a_clock_that_was_ahead_was_taken_before_the_end()
    {
        var ended = Firing(observed: Noon.AddHours(3)).EndedAt(Noon);

        // Seen a second after its end.
        Assert.Equal(Post(PostKind.Firing, until: 301), Of(ended, acceptedAfter: 10_810, after: 1));
        Assert.Equal(Post(PostKind.Resolved, until: 301 + 900), Of(ended, acceptedAfter: 10_810, after: 301));
        Assert.Equal(Post(PostKind.None), Of(ended, acceptedAfter: 10_810, after: 301 + 900));
        Assert.Equal(Post(PostKind.Firing, until: 700), Of(ended, acceptedAfter: 400, after: 699));
    }

    [Fact]
    public void However_far_the_clock_of_its_start_was_ahead_an_alert_that_ended_is_told_so_soon_and_never_fires_again() =>
        Gen.Select(Gen.Int[2, 1_000_000], Gen.Int[0, 100_000], Gen.Int[0, 100_000]).Sample((ahead, taken, saved) =>
        {
            var ended = Firing(observed: Noon.AddSeconds(ahead)).EndedAt(Noon);
            var acceptance = new Acceptance(
                Noon.AddSeconds(ahead + taken), Noon.AddSeconds((long)ahead + taken + saved));
            var kinds = new List<PostKind>();
            var now = ended.EndSeenTime!.Value;

            for (var step = 0; step < 4; step++)
            {
                var post = AlertmanagerPost.Of(ended, acceptance, Rules, now);
                kinds.Add(post.Kind);
                now = post.Until ?? now;
            }

            Assert.Equal([PostKind.Firing, PostKind.Resolved, PostKind.None, PostKind.None], kinds);
            Assert.Equal(ended.EndSeenTime + Later(Rules.MinActive, saved) + Rules.Lifetime, now);
        });

    private static TimeSpan Later(TimeSpan minActive, int saved) =>
        minActive.TotalSeconds > saved ? minActive : TimeSpan.FromSeconds(saved);

    private static AlertmanagerPost Post(PostKind kind, int? until = null) =>
        new(kind, until is { } seconds ? Noon.AddSeconds(seconds) : null);

    private static AlertmanagerPost Of(JobWatcher.Alerts.Alert alert, int? acceptedAfter, int after) => AlertmanagerPost.Of(
        alert,
        acceptedAfter is { } seconds ? new Acceptance(Noon.AddSeconds(seconds), Noon.AddSeconds(seconds)) : null,
        Rules,
        Noon.AddSeconds(after));
}
