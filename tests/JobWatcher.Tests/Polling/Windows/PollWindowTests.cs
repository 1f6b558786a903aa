using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Windows;
using JobWatcher.Snapshots;
using JobWatcher.Storage;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling.Windows;

/// <summary>Rules L3 and L4 of the protocol: what a poll asks for.</summary>
public sealed class PollWindowTests
{
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FullListingEvery = TimeSpan.FromHours(1);
    private static readonly DateTimeOffset Start = Noon - Overlap;

    private static readonly TargetRecord Polled = new()
    {
        Name = "prod",
        ProjectId = "619d3e78f61b4be68bc5aa0b59edcf7b",
        Region = "cn-north-4",
        Bookmark = Noon,
        LastFullListing = Noon.AddMinutes(-30),
    };

    [Fact]
    public void The_first_sight_of_a_target_is_a_full_listing()
    {
        Assert.True(Choose(Polled with { Bookmark = null, LastFullListing = null }).IsFull);
        Assert.True(Choose(Polled with { LastFullListing = null }).IsFull);
    }

    [Fact]
    public void A_window_starts_an_overlap_before_the_bookmark_at_a_whole_second()
    {
        var window = Choose(Polled with { Bookmark = Noon.AddMilliseconds(900) });

        Assert.Equal(Start, window.Start);
        Assert.Empty(window.LookedUp);
    }

    [Fact]
    public void A_window_reaches_back_to_the_oldest_open_job()
    {
        var window = Choose(Polled, Open("old", minutes: 60), Open("new", minutes: 1), Open("older", minutes: 90));

        Assert.Equal(Noon.AddMinutes(-90), window.Start);
        Assert.Empty(window.LookedUp);
    }

    [Theory]
    [InlineData(49, false)]
    [InlineData(99, false)]
    [InlineData(100, true)]
    public void An_open_job_that_would_cost_more_pages_than_a_look_up_is_looked_up(int endedSince, bool isLookedUp)
    {
        var window = Choose(Polled, [Open("old", minutes: 600), .. Ended(endedSince, minutes: 300)]);

        Assert.Equal(isLookedUp ? Start : Noon.AddMinutes(-600), window.Start);
        Assert.Equal(isLookedUp ? ["old"] : [], window.LookedUp);
    }

    [Fact]
    public void A_window_stretches_as_far_as_it_pays_and_what_is_older_is_looked_up()
    {
        var window = Choose(
            Polled,
            [
                Open("recent-1", minutes: 60), Open("recent-2", minutes: 70), Open("recent-3", minutes: 80),
                .. Ended(500, minutes: 300), Open("old", minutes: 600),
            ]);

        Assert.Equal(Noon.AddMinutes(-80), window.Start);
        Assert.Equal(["old"], window.LookedUp);
    }

    [Fact]
    public void Many_open_jobs_are_listed_where_look_ups_would_cost_more()
    {
        var window = Choose(Polled, [.. Enumerable.Range(0, 200).Select(number => Open($"job-{number}", minutes: 60 + number))]);

        Assert.Equal(Noon.AddMinutes(-259), window.Start);
        Assert.Empty(window.LookedUp);
    }

    [Fact]
    public void An_open_job_without_created_time_is_looked_up()
    {
        var window = Choose(Polled, [Job("undated", JobStatus.Running), .. Ended(120, minutes: 300)]);

        Assert.Equal(Start, window.Start);
        Assert.Equal(["undated"], window.LookedUp);
    }

    [Fact]
    public void All_jobs_are_listed_where_that_costs_less_than_a_window_and_its_look_ups() =>
        Assert.True(Choose(Polled, [Job("undated", JobStatus.Running), .. Ended(40, minutes: 300)]).IsFull);

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    [InlineData(-91, true)]
    [InlineData(-60, false)]
    public void A_full_listing_is_due_when_the_last_one_is_far_by_cloud_time_in_either_direction(int minutesAfterNoon, bool isDue) =>
        Assert.Equal(isDue, Choose(Polled, Snapshot.Empty, cloudNow: Noon.AddMinutes(minutesAfterNoon)).IsFull);

    [Fact]
    public void Before_the_first_answer_of_a_process_nobody_knows_what_is_due_and_the_window_shows_what_came() =>
        Assert.Equal(Start, Choose(Polled, Snapshot.Empty, cloudNow: null).Start);

    [Fact]
    public void A_target_whose_windows_are_unreliable_is_polled_without() =>
        Assert.True(Choose(Polled with { WindowsUnreliableSince = Noon }).IsFull);

    [Fact]
    public void A_job_that_was_looked_up_in_vain_must_be_listed()
    {
        var jobs = SnapshotOf([Open("old", minutes: 600), .. Ended(500, minutes: 300)]);

        var window = Choose(Polled, jobs, notFound: ["old"]);

        Assert.Equal(Noon.AddMinutes(-600), window.Start);
        Assert.Empty(window.LookedUp);
        Assert.True(Choose(Polled, SnapshotOf(Job("undated", JobStatus.Running)), notFound: ["undated"]).IsFull);
    }

    [Fact]
    public void A_job_that_one_listing_lacked_must_be_listed_and_after_the_second_look_ups_alone_decide()
    {
        var jobs = SnapshotOf([Open("old", minutes: 600), .. Ended(500, minutes: 300)]);
        var others = jobs.Jobs.Values.Select(known => known.Job).Where(job => job.JobId != "old").ToList();
        var missedOnce = SnapshotDiff.Compute(jobs, At(Noon, Complete(others))).Next;
        var missedTwice = SnapshotDiff.Compute(missedOnce, At(Noon, Complete(others))).Next;

        Assert.Equal(Noon.AddMinutes(-600), Choose(Polled, missedOnce).Start);
        Assert.Equal(Start, Choose(Polled, missedTwice).Start);
        Assert.Empty(Choose(Polled, missedTwice).LookedUp);
    }

    private static ImmediateJob Open(string id, int minutes) => Job(id, JobStatus.Running, Noon.AddMinutes(-minutes));

    private static IEnumerable<ImmediateJob> Ended(int count, int minutes) => Enumerable.Range(0, count).Select(number =>
        Job($"ended-{number}", JobStatus.Completed, Noon.AddMinutes(-minutes), Noon.AddMinutes(-minutes)));

    private static PollWindow Choose(TargetRecord target, params IReadOnlyList<ImmediateJob> jobs) =>
        Choose(target, SnapshotOf(jobs));

    private static PollWindow Choose(TargetRecord target, Snapshot snapshot, params string[] notFound) =>
        PollWindow.Choose(target, snapshot, notFound.ToHashSet(), Noon, Overlap, FullListingEvery);

    private static PollWindow Choose(TargetRecord target, Snapshot snapshot, DateTimeOffset? cloudNow) =>
        PollWindow.Choose(target, snapshot, new HashSet<string>(), cloudNow, Overlap, FullListingEvery);
}
