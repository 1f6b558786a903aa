using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Net.Http.Headers;
using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Tests.Polling;
using Quartz.Diagnostics;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Web;

[Collection(nameof(ServiceRig))]
public sealed class ScrapeTests : IAsyncLifetime
{
    private const string Failures =
        """jobwatcher_job_failures_total{job_name="RebootGaussDBforMySQLInstance",target="prod"}""";

    private static readonly string[] Gauges =
    [
        "jobwatcher_jobs", "jobwatcher_last_job_ended_timestamp_seconds", "jobwatcher_oldest_open_job_age_seconds",
        "jobwatcher_open_job_info", "jobwatcher_open_job_created_timestamp_seconds",
        "jobwatcher_open_job_status_since_timestamp_seconds", "jobwatcher_open_job_progress_ratio",
        "jobwatcher_open_jobs_dropped", "jobwatcher_active_alert", "jobwatcher_target_info", "jobwatcher_target_up",
        "jobwatcher_last_successful_poll_timestamp_seconds", "jobwatcher_last_complete_listing_timestamp_seconds",
        "jobwatcher_target_windows_unreliable",
        "jobwatcher_request_budget_remaining_ratio", "jobwatcher_last_poll_duration_seconds",
        "jobwatcher_poll_interval_seconds", "jobwatcher_unreported_transitions",
        "jobwatcher_config_last_reload_successful", "jobwatcher_config_last_reload_success_timestamp_seconds",
        "jobwatcher_store_up", "jobwatcher_configured_targets", "jobwatcher_owned_targets", "jobwatcher_build_info",
    ];

    private static readonly string[] Counters =
    [
        "jobwatcher_job_transitions_total", "jobwatcher_job_failures_total", "jobwatcher_ended_jobs_total",
        "jobwatcher_ended_job_seconds_total", "jobwatcher_polls_total", "jobwatcher_api_requests_total",
    ];

    private static readonly string[] Histograms =
    [
        "jobwatcher_job_duration_seconds", "jobwatcher_poll_duration_seconds", "jobwatcher_store_commit_duration_seconds",
    ];

    private ServiceRig _service = null!;

    private WatchRig Rig => _service.Rig;

    public async ValueTask InitializeAsync() => _service = await ServiceRig.StartAsync();

    [Fact]
    public async Task The_families_are_the_contracts_with_their_types()
    {
        await LiveAsync();

        var scrape = await _service.ScrapeAsync();

        var expected = Gauges.Select(name => (name, "gauge"))
            .Concat(Counters.Select(name => (name, "counter")))
            .Concat(Histograms.Select(name => (name, "histogram")));
        Assert.Equal(
            expected.Order(),
            scrape.Types.Where(type => type.Key.StartsWith("jobwatcher_", StringComparison.Ordinal))
                .Select(type => (type.Key, type.Value)).Order());
    }

    [Fact]
    public async Task No_series_carries_the_scope_and_histograms_no_target()
    {
        await LiveAsync();

        var scrape = await _service.ScrapeAsync();

        Assert.DoesNotContain(scrape.Values.Keys, series => series.Contains("otel_", StringComparison.Ordinal));
        Assert.DoesNotContain(
            scrape.Values.Keys,
            series => Histograms.Any(name => series.StartsWith(name, StringComparison.Ordinal)) &&
                series.Contains("target=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_jobs_duration_falls_into_its_bucket()
    {
        await LiveAsync();

        var scrape = await _service.ScrapeAsync();

        Assert.Equal(0, scrape[Bucket("60")]);
        Assert.Equal(1, scrape[Bucket("120")]);

        static string Bucket(string le) =>
            $$"""jobwatcher_job_duration_seconds_bucket{job_name="RebootGaussDBforMySQLInstance",le="{{le}}",status="Failed"}""";
    }

    [Theory]
    [InlineData("application/openmetrics-text; version=1.0.0")]
    [InlineData("text/plain")]
    [InlineData("*/*")]
    public async Task Every_scraper_gets_the_classic_text(string accept)
    {
        await LiveAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/metrics", UriKind.Relative));
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));

        using var response = await _service.Http.SendAsync(request, WatchRig.Token);
        var text = await response.Content.ReadAsStringAsync(WatchRig.Token);

        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("# EOF", text, StringComparison.Ordinal);
        Assert.DoesNotContain("_created{", text.Replace("job_created", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_answer_is_whole()
    {
        await LiveAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/metrics", UriKind.Relative));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));

        using var response = await _service.Http.SendAsync(request, WatchRig.Token);
        await using var zipped = await response.Content.ReadAsStreamAsync(WatchRig.Token);
        using var reader = new StreamReader(new GZipStream(zipped, CompressionMode.Decompress));
        var scrape = Exposition.Parse(await reader.ReadToEndAsync(WatchRig.Token));

        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        Assert.NotEmpty(scrape.Of("jobwatcher_jobs"));
        Assert.NotEmpty(scrape.Of("jobwatcher_poll_duration_seconds_count"));
    }

    [Fact]
    public async Task A_new_process_first_shows_a_counter_as_the_last_one_left_it()
    {
        await LiveAsync();
        Rig.Restart();
        await Rig.Watch.TakeOverAsync(WatchRig.Token);
        _service.Watch();
        await Rig.PollNextAsync(Failed("a"), Failed("b"));

        var first = await _service.ScrapeAsync();
        var second = await _service.ScrapeAsync();

        Assert.Equal((1, 2), (first[Failures], second[Failures]));
    }

    [Fact]
    public async Task A_HEAD_request_carries_nothing()
    {
        await LiveAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri("/metrics", UriKind.Relative));
        using var response = await _service.Http.SendAsync(request, WatchRig.Token);

        var first = await _service.ScrapeAsync();
        var second = await _service.ScrapeAsync();

        Assert.Equal((0, 1), (first[Failures], second[Failures]));
    }

    [Fact]
    public async Task Series_of_a_target_taken_out_are_gone_at_the_next_scrape()
    {
        await LiveAsync();
        await _service.ScrapeAsync();
        _service.Get<JobWatcher.Polling.Targets.TargetWatches>().Replace([]);

        var scrape = await _service.ScrapeAsync();

        Assert.DoesNotContain(
            scrape.Values.Keys, series => series.Contains("target=\"prod\"", StringComparison.Ordinal));
        Assert.Equal(0, scrape["jobwatcher_configured_targets{}"]);
    }

    [Fact]
    public async Task A_hostile_name_stays_inside_its_label()
    {
        await Rig.BaselineAsync(Running() with { InstanceName = "x\"} 1\njobwatcher_evil 1\\" });

        var scrape = await _service.ScrapeAsync();

        var info = Assert.Single(scrape.Of("jobwatcher_open_job_info"));
        Assert.Contains("instance_name=\"x\"} 1\uFFFDjobwatcher_evil 1\\\"", info, StringComparison.Ordinal);
        Assert.Empty(scrape.Of("jobwatcher_evil"));
    }

    [Fact]
    public async Task Scrapes_at_once_all_get_an_answer()
    {
        await LiveAsync();
        await _service.ScrapeAsync();

        var scrapes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _service.ScrapeAsync()));

        Assert.All(scrapes, scrape => Assert.Equal(1, scrape[Failures]));
    }

    [Fact]
    public async Task The_schedulers_own_metrics_name_no_target()
    {
        using var meter = new Meter(QuartzInstrumentation.MeterName);
        var tag = KeyValuePair.Create("quartz.job.name", (object?)"prod");
        meter.CreateCounter<long>("quartz.trigger.misfire").Add(1, tag);
        meter.CreateHistogram<double>("quartz.job.execution.duration", "s").Record(1, tag);

        var scrape = await _service.ScrapeAsync();

        Assert.Contains(scrape.Values.Keys, series => series.StartsWith("quartz_", StringComparison.Ordinal));
        Assert.DoesNotContain(scrape.Values.Keys, series => series.Contains("quartz_job_name", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private static ImmediateJob Failed(string id) => Job(id, JobStatus.Failed, BeforeNoon, BeforeNoon.AddSeconds(90));

    /// <summary>Lets every family have a series.</summary>
    private async Task LiveAsync()
    {
        Rig.Watch.Calls.Count(new ApiCall("ListImmediateJobs", 200));
        await Rig.BaselineAsync(Running("a"), Running("b") with { Process = "30%" });
        await Rig.PollNextAsync(Failed("a"), Running("b") with { Process = "40%" });
    }
}
