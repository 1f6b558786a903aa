using JobWatcher.Simulator.Jobs;
using JobWatcher.Simulator.Scenarios;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.Simulator.Tests.Scenarios;

public sealed class SeededTimelineTests
{
    private static readonly DateTimeOffset Start = TestCloud.Start;

    [Fact]
    public void The_state_at_a_time_does_not_depend_on_who_looked_before()
    {
        var often = new SimulatedCloud(Options(out var oftenClock));
        var once = new SimulatedCloud(Options(out var onceClock));

        for (var minute = 0; minute < 240; minute++)
        {
            oftenClock.Advance(TimeSpan.FromMinutes(1));
            Assert.NotEmpty(often.Projects[0].Jobs);
        }

        onceClock.Advance(TimeSpan.FromMinutes(240));

        Assert.Equal(once.Projects[0].Jobs, often.Projects[0].Jobs);
    }

    [Fact]
    public void Another_seed_or_project_has_another_story()
    {
        var first = new SimulatedCloud(Options(out _));
        var otherSeed = new SimulatedCloud(Options(out _) with { Seed = 2 });
        var otherProject = first.AddProject(new() { Id = "0123456789abcdef0123456789abcdef" });

        var jobs = first.Projects.Single(project => project.Options.Id == ProjectOptions.ExampleId).Jobs;

        Assert.Empty(jobs.Select(job => job.JobId).Intersect(otherSeed.Projects[0].Jobs.Select(job => job.JobId)));
        Assert.Empty(jobs.Select(job => job.JobId).Intersect(otherProject.Jobs.Select(job => job.JobId)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void All_job_names_and_statuses_occur_within_two_days(int seed)
    {
        var changes = Changes(seed, new(), TimeSpan.FromDays(2)).ToList();

        Assert.Empty(JobNames.All.Except(changes.Select(change => change.Job!.JobName!)));
        Assert.Empty(JobStatuses.All.Except(changes.Select(change => change.Job!.Status!)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_job_goes_one_of_the_ways_of_the_reference(int seed)
    {
        string[] expected =
        [
            "Pending>Running>Completed", "Pending>Running>Failed", "Pending>Canceled", "Pending>Running>Canceled",
            "Pending>Unauthorized>Running>Completed", "Pending>Unauthorized>Canceled", "Pending>Running",
        ];

        var ways = Changes(seed, new(), TimeSpan.FromDays(3))
            .GroupBy(change => change.JobId)
            .Where(job => job.First().Time < Start + TimeSpan.FromDays(2))
            .Select(job => string.Join('>', Distinct(job.Select(change => change.Job!.Status!))))
            .ToHashSet();

        Assert.Equal(expected.Order(), ways.Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Changes_come_in_order_and_jobs_say_when_they_ended_and_why_they_failed(int seed)
    {
        var changes = Changes(seed, new(), TimeSpan.FromDays(2)).ToList();

        Assert.Equal(changes.OrderBy(change => change.Time), changes);
        Assert.All(changes, change =>
        {
            var job = change.Job!;
            Assert.Equal(job.Status is "Completed" or "Failed" or "Canceled", job.Ended is not null);
            Assert.Equal(job.Status is "Failed", job.FailReason is not null);
            Assert.True(job.Created <= change.Time);
            Assert.True((job.Ended ?? job.Created) >= job.Created);
        });
    }

    [Fact]
    public void Progress_is_told_in_all_notations()
    {
        var running = Changes(1, new(), TimeSpan.FromDays(2)).Where(change => change.Job!.Status == "Running").ToList();

        Assert.Contains(running, change => change.Job!.Process == "");
        Assert.Contains(running, change => change.Job!.Process is [.., >= '0' and <= '9']);
        Assert.Contains(running, change => change.Job!.Process is [.., '%']);
    }

    [Fact]
    public void Some_jobs_end_within_seconds_and_some_never()
    {
        var jobs = Play(TimeSpan.FromDays(4)).Jobs;

        Assert.Contains(jobs, job => job.Ended - job.Created < TimeSpan.FromSeconds(30));
        Assert.Contains(jobs, job => job.Status == "Running" && job.Created < Start - TimeSpan.FromDays(1));
        Assert.InRange(jobs.Count(job => job.Status == "Running" && job.Created < Start + TimeSpan.FromDays(3)), 1, 5);
    }

    [Fact]
    public void The_first_listing_shows_days_of_ended_jobs()
    {
        var jobs = Play(TimeSpan.Zero).Jobs;

        Assert.InRange(jobs.Count, 300, 700);
        Assert.InRange(jobs.Count(job => job.Ended is null), 1, 20);
        Assert.InRange(
            jobs.Min(job => job.Created!.Value),
            Start - TimeSpan.FromDays(2),
            Start - TimeSpan.FromDays(1.9));
    }

    [Fact]
    public void A_faster_scenario_tells_the_same_story_sooner()
    {
        var usual = Changes(1, new(), TimeSpan.FromHours(10)).ToList();
        var fast = Changes(1, new() { Speed = 60 }, TimeSpan.FromMinutes(10)).ToList();

        Assert.Equal(
            usual.Select(change => (change.JobId, change.Job!.Status, change.Job.Process)),
            fast.Select(change => (change.JobId, change.Job!.Status, change.Job.Process)));
    }

    [Fact]
    public void At_sixty_times_the_speed_something_happens_every_few_seconds()
    {
        var times = Changes(1, new() { Speed = 60 }, TimeSpan.FromMinutes(30))
            .Select(change => change.Time)
            .Where(time => time > Start)
            .ToList();

        Assert.True(times.Zip(times.Skip(1), (one, next) => next - one).Max() < TimeSpan.FromSeconds(12));
    }

    [Fact]
    public void A_deleted_instance_is_deleted_in_all_its_jobs()
    {
        var jobs = Play(TimeSpan.FromDays(1)).Jobs;

        var deleted = jobs.Where(job => job is { JobName: JobKind.Delete, Status: "Completed" })
            .Select(job => job.InstanceId)
            .ToHashSet();

        Assert.NotEmpty(deleted);
        Assert.All(
            jobs.Where(job => deleted.Contains(job.InstanceId)),
            job => Assert.Equal("deleted", job.InstanceStatus));
    }

    [Fact]
    public void An_instance_does_one_thing_at_a_time()
    {
        var jobs = Play(TimeSpan.FromDays(4)).Jobs;

        foreach (var instance in jobs.GroupBy(job => job.InstanceId))
        {
            var inOrder = instance.OrderBy(job => job.Created).ToList();
            Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.True(pair.First.Ended <= pair.Second.Created));
        }
    }

    [Fact]
    public void Ended_jobs_leave_the_list_after_a_month()
    {
        var project = Play(TimeSpan.FromDays(31));

        Assert.All(
            project.Jobs.Where(job => job.Ended is not null),
            job => Assert.True(job.Ended >= Start + TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Hostile_names_come_only_when_asked_for()
    {
        var usual = Play(TimeSpan.FromDays(2)).Jobs;
        var hostile = Play(TimeSpan.FromDays(2), new() { HostileNames = true }).Jobs;

        Assert.DoesNotContain(usual, job => job.InstanceName!.Contains('<', StringComparison.Ordinal));
        Assert.Contains(hostile, job => job.InstanceName!.Contains("<script>", StringComparison.Ordinal));
    }

    private static SimulatedProject Play(TimeSpan time, ScenarioOptions? scenario = null)
    {
        var cloud = new SimulatedCloud(Options(out var clock) with { Scenario = scenario ?? new() });
        clock.Advance(time);
        return cloud.Projects[0];
    }

    private static IEnumerable<JobChange> Changes(int seed, ScenarioOptions scenario, TimeSpan time)
        => SeededTimeline.Begin(seed, ProjectOptions.ExampleId, Start, scenario).ChangesUntil(Start + time);

    private static SimulatorOptions Options(out FakeTimeProvider clock)
    {
        clock = new FakeTimeProvider(Start);
        return new SimulatorOptions { TimeProvider = clock, Scenario = new() };
    }

    private static List<string> Distinct(IEnumerable<string> statuses)
        => statuses.Aggregate(new List<string>(), (list, status) =>
        {
            if (list.LastOrDefault() != status)
            {
                list.Add(status);
            }

            return list;
        });
}
