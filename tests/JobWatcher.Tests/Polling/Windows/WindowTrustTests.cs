using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Polling.Windows;
using JobWatcher.Snapshots;
using JobWatcher.Storage;
using JobWatcher.Tests.Snapshots;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling.Windows;

/// <summary>Rule L4 of the protocol: what speaks against windows.</summary>
public sealed class WindowTrustTests
{
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset LastFull = Noon.AddHours(-1);
    private static readonly DateTimeOffset Settled = Noon - Overlap;

    private static readonly TargetRecord Polled = new()
    {
        Name = "prod",
        ProjectId = "619d3e78f61b4be68bc5aa0b59edcf7b",
        Region = "cn-north-4",
        Bookmark = Noon,
        LastFullListing = LastFull,
    };

    [Theory]
    [InlineData(-3600, true)]
    [InlineData(-301, true)]
    [InlineData(-300, false)]
    [InlineData(10, false)]
    [InlineData(-3601, false)]
    public void An_unknown_job_speaks_against_windows_if_one_of_them_should_have_shown_it(int created, bool isDisproof)
    {
        var unknown = Job("a", JobStatus.Running, Noon.AddSeconds(created));

        Assert.Equal(isDisproof, Disproof(SnapshotOf(), At(Noon.AddMinutes(1), Complete(unknown))) is not null);
    }

    [Theory]
    [InlineData(-301, true)]
    [InlineData(-300, false)]
    public void An_end_that_polls_by_window_passed_over_speaks_against_them(int ended, bool isDisproof)
    {
        var job = Job("a", JobStatus.Failed, BeforeNoon, Noon.AddSeconds(ended));

        Assert.Equal(isDisproof, Disproof(SnapshotOf(Running("a")), At(Noon.AddMinutes(1), Complete(job))) is not null);
    }

    [Fact]
    public void What_no_window_was_to_show_does_not_speak_against_them()
    {
        var ended = Job("known", JobStatus.Completed, LastFull, LastFull);
        var gone = new JobSnapshot { Job = ended with { JobId = "gone" }, GoneSince = LastFull };
        var listing = Complete(
            ended with { Status = JobStatus.Failed }, Job("undated", JobStatus.Running), gone.Job, Running("open"));

        var disproof = Disproof(SnapshotOf(ended, Running("open")), At(Noon, listing).Remembering(gone));

        Assert.Null(disproof);
    }

    [Fact]
    public void A_window_proves_nothing_and_neither_does_the_first_full_listing()
    {
        var observation = At(Noon, Complete(Job("a", JobStatus.Running, Settled.AddMinutes(-1))));

        Assert.Null(Disproof(SnapshotOf(), observation with { WindowStart = LastFull }));
        Assert.Null(WindowTrust.Disproof(Polled with { LastFullListing = null }, SnapshotOf(), observation, Overlap));
    }

    [Fact]
    public void A_server_that_refuses_windows_has_none() =>
        Assert.NotNull(Disproof(SnapshotOf(), At(Noon, Complete()) with { IsWindowRefused = true }));

    [Fact]
    public void The_mark_stays_for_a_week_of_cloud_time()
    {
        var week = TimeSpan.FromDays(7);

        Assert.Null(WindowTrust.UnreliableSince(before: null, isDisproved: false, Noon));
        Assert.Equal(Noon, WindowTrust.UnreliableSince(before: null, isDisproved: true, Noon));
        Assert.Equal(Noon, WindowTrust.UnreliableSince(Noon, isDisproved: false, Noon + week - Interval));
        Assert.Null(WindowTrust.UnreliableSince(Noon, isDisproved: false, Noon + week));
    }

    private static string? Disproof(Snapshot previous, Observation observation) =>
        WindowTrust.Disproof(Polled, previous, observation, Overlap);
}
