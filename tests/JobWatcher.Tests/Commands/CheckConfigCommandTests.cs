using JobWatcher.Hosting;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Jobs;
using JobWatcher.Simulator.Scenarios;

namespace JobWatcher.Tests.Commands;

public sealed class CheckConfigCommandTests
{
    private static readonly RequestRate TightBudget = new(10, TimeSpan.FromMinutes(5));

    [Fact]
    public async Task Offline_the_least_need_is_told_and_nobody_asked()
    {
        await using var rig = await CommandRig.CreateAsync();

        var code = await rig.CheckAsync(online: false);

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(
            [
                "The configuration is valid: 2 target(s) to watch.",
                "Credentials default: at least 20 requests every 5m of 200.",
            ],
            rig.Screen.Lines);
        Assert.Equal(0, rig.Requests);
    }

    [Fact]
    public async Task A_budget_that_is_too_small_tells_by_how_much_intervals_stretch()
    {
        await using var rig = await CommandRig.CreateAsync(TightBudget);

        var code = await rig.CheckAsync(online: false);

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(
            "Credentials default: at least 20 requests every 5m of 10, more than 80 %: all its intervals are stretched by 2.5.",
            rig.Screen.Lines[^1]);
    }

    [Fact]
    public async Task Online_each_target_is_listed_once_and_shown()
    {
        await using var rig = await CommandRig.CreateAsync();
        var running = SimulatedJob.Pending("CreateGaussDBforMySQLInstance", CommandRig.Created, "a").Running();
        rig.Put("prod", running, running with { JobId = "b" }, running.Completed(CommandRig.Created.AddMinutes(1)) with { JobId = "c" });

        var code = await rig.CheckAsync(online: true);

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(
            [
                "The configuration is valid: 2 target(s) to watch.",
                "TARGET  REGION      JOBS  OPEN  PAGES  REQUESTS  RESULT",
                "prod    cn-north-4  3     2     1      1         ok",
                "test    cn-north-4  0     0     1      1         ok",
                "Credentials default: 21 requests every 5m of 200.",
            ],
            rig.Screen.Lines);
        Assert.Empty(rig.Screen.Error);
        rig.AssertNothingSecret();
    }

    [Fact]
    public async Task Online_the_budget_counts_the_requests_that_full_listings_take()
    {
        await using var rig = await CommandRig.CreateAsync(TightBudget);
        rig.Put("prod", [.. StaticJobs.Create(1, 1200, CommandRig.Created)]);

        await rig.CheckAsync(online: true);

        // Twenty polls, and a twelfth of what is listed each hour.
        var requests = rig.Requests;
        Assert.InRange(requests, 25, 35);
        Assert.Equal(
            $"Credentials default: {Math.Ceiling(20 + (requests / 12.0))} requests every 5m of 10, more than 80 %: all its intervals are stretched by 2.5.",
            rig.Screen.Lines[^1]);
    }

    [Fact]
    public async Task Online_a_target_that_fails_is_told_with_the_way_out()
    {
        await using var rig = await CommandRig.CreateAsync();
        rig.Break("prod", Fault.Error(403));
        rig.Remove("test");

        var code = await rig.CheckAsync(online: true);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Equal("prod    cn-north-4  -     -     -      1         FAILED", rig.Screen.Lines[2]);
        Assert.StartsWith("prod: the user of the credentials default lacks a permission", rig.Screen.Lines[4], StringComparison.Ordinal);
        Assert.StartsWith("test: this server knows no project 619d3e78f61b4be68bc5aa0b59ed0002", rig.Screen.Lines[5], StringComparison.Ordinal);
        rig.AssertNothingSecret();
    }

    [Fact]
    public async Task Online_a_page_of_a_proxy_is_told()
    {
        await using var rig = await CommandRig.CreateAsync();
        rig.Break("prod", Fault.Html());

        var code = await rig.CheckAsync(online: true);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains(rig.Screen.Lines, line =>
            line.StartsWith("prod: this is no answer of the API; check endpoint and proxy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Online_a_clock_that_is_off_is_told_before_it_does_harm()
    {
        await using var rig = await CommandRig.CreateAsync();
        rig.Break("prod", new Fault { DateOffset = TimeSpan.FromMinutes(5) });

        var code = await rig.CheckAsync(online: true);

        Assert.Equal(ExitCode.Done, code);
        // The header Date has whole seconds.
        Assert.Matches("^prod: this machine's clock is (5m|4m5[0-9]s) behind the cloud's$", rig.Screen.Lines[4]);
    }

    [Fact]
    public async Task Online_a_clock_that_is_an_hour_off_is_told_and_the_jobs_are_listed()
    {
        await using var rig = await CommandRig.CreateAsync();
        rig.Break("prod", new Fault { DateOffset = TimeSpan.FromHours(-1), ClockSkew = TimeSpan.FromHours(-1) });

        var code = await rig.CheckAsync(online: true);

        Assert.Equal(ExitCode.Done, code);
        Assert.Matches("^prod: this machine's clock is 1h(1s)? ahead of the cloud's$", rig.Screen.Lines[4]);
    }

    [Fact]
    public async Task Online_a_clock_that_is_off_too_far_is_told_instead_of_the_keys()
    {
        await using var rig = await CommandRig.CreateAsync();
        rig.Break("prod", new Fault { DateOffset = TimeSpan.FromHours(25), ClockSkew = TimeSpan.FromHours(25) });

        var code = await rig.CheckAsync(online: true);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains(rig.Screen.Lines, line => line.StartsWith("prod: this machine's clock is ", StringComparison.Ordinal)
            && line.Contains("set the clock", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Online_a_listing_that_does_not_add_up_is_a_failure()
    {
        await using var rig = await CommandRig.CreateAsync();
        rig.Break("prod", new Fault { TotalCountOffset = 3 });

        var code = await rig.CheckAsync(online: true);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains(
            "prod: the listing does not add up: 0 jobs were listed of 3; nothing will be concluded from what it lacks",
            rig.Screen.Lines);
    }

    [Fact]
    public async Task Online_a_file_of_certificates_that_is_not_there_spares_the_other_targets()
    {
        await using var rig = await CommandRig.CreateAsync(caFile: "/nowhere/ca.pem");

        var code = await rig.CheckAsync(online: true);

        Assert.Equal(ExitCode.Failed, code);
        Assert.EndsWith("ok", rig.Screen.Lines[3], StringComparison.Ordinal);
        Assert.StartsWith("prod: caFile: ", rig.Screen.Lines[4], StringComparison.Ordinal);
        Assert.Contains("/nowhere/ca.pem", rig.Screen.Lines[4], StringComparison.Ordinal);
    }
}
