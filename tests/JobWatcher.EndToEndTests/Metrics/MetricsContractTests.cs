using System.IO.Compression;
using System.Net.Http.Headers;
using JobWatcher.EndToEndTests.Alerting;
using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Metrics;

/// <summary>A scrape of a service that has seen everything that makes a series.</summary>
public sealed class MetricsContractTests(MetricsContractTests.BusyWatcher busy) : IClassFixture<MetricsContractTests.BusyWatcher>
{
    [Fact]
    public async Task Promtool_has_nothing_to_say_about_a_scrape()
    {
        var scrape = await busy.Watcher.ScrapeAsync();

        var (exitCode, said) = await Promtool.CheckMetricsAsync(scrape.Text);

        Assert.Equal("", said);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task The_names_and_types_are_those_of_the_contract()
    {
        var scrape = await busy.Watcher.ScrapeAsync();

        Assert.Equal(
            Contract.Metrics.Select(metric => $"{metric.Name} {metric.Type}").Order(StringComparer.Ordinal),
            scrape.Families
                .Where(family => family.Key.StartsWith("jobwatcher_", StringComparison.Ordinal))
                .Select(family => $"{family.Key} {family.Value}")
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_labels_are_those_of_the_contract()
    {
        var scrape = await busy.Watcher.ScrapeAsync();

        Assert.All(Contract.Metrics, metric =>
        {
            var series = scrape.Find(metric.Type == "histogram" ? $"{metric.Name}_count" : metric.Name);
            Assert.NotEmpty(series);
            Assert.All(series, one => Assert.Equal(
                metric.Labels.Order(StringComparer.Ordinal), one.Labels.Keys.Order(StringComparer.Ordinal)));
        });
    }

    [Fact]
    public async Task Nothing_of_the_library_that_exports_shows()
    {
        var scrape = await busy.Watcher.ScrapeAsync();

        Assert.DoesNotContain("otel_", scrape.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("target_info", scrape.Families.Keys);
    }

    [Fact]
    public async Task A_scraper_that_would_take_OpenMetrics_gets_classic_text()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "metrics");
        request.Headers.Accept.ParseAdd("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");

        using var answer = await busy.Watcher.SendAsync(request);

        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("# EOF", text, StringComparison.Ordinal);
        var scrape = Scrape.Parse(text);
        Assert.NotEmpty(scrape.All);
        Assert.DoesNotContain(scrape.All, series => series.Name.EndsWith("_created", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scraper_that_takes_gzip_gets_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "metrics");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));

        using var answer = await busy.Watcher.SendAsync(request);

        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var unzipped = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        Assert.NotEmpty(Scrape.Parse(await reader.ReadToEndAsync()).All);
    }

    /// <summary>A watcher with an open job that tells its progress, and one that has failed, of which an Alertmanager knows.</summary>
    public sealed class BusyWatcher : IAsyncLifetime
    {
        private Cloud? _cloud;
        private RealAlertmanager? _alertmanager;
        private Watcher? _watcher;

        internal Watcher Watcher => _watcher!;

        public async ValueTask InitializeAsync()
        {
            _cloud = await Cloud.StartAsync();
            _alertmanager = await RealAlertmanager.StartAsync();
            _watcher = await Watcher.StartAsync(_cloud.Watched("prod") with { More = _alertmanager.Receiver() });
            await Watcher.TellsAsync("TargetBaselined");
            var job = new CloudJob().Running("30%");
            await _cloud.PutAsync(job, new CloudJob().Running("60%"));
            await Watcher.TellsAsync("JobAppeared", ("JobId", job.JobId));
            await _cloud.PutAsync(job.Failed("Single task exception."));
            await Watcher.TellsAsync("JobStatusChanged", ("JobId", job.JobId));
            await Watcher.ShowsAsync(scrape =>
            {
                Assert.Equal(1, scrape.Sum("jobwatcher_job_failures_total"));
                Assert.Equal(1, scrape.Sum("jobwatcher_notification_latency_seconds_count"));
            });
        }

        public async ValueTask DisposeAsync()
        {
            await (_watcher?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (_alertmanager?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (_cloud?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}
