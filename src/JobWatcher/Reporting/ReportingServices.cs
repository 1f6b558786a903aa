using JobWatcher.Alerting.Receivers;
using JobWatcher.Background;
using JobWatcher.Reporting.Metrics;
using OpenTelemetry.Metrics;
using Quartz.Diagnostics;

namespace JobWatcher.Reporting;

/// <summary>Registers the station that reports.</summary>
internal static class ReportingServices
{
    // The SDK's own metrics that Prometheus' naming rules refuse: gauges and counters that end in a unit of counting.
    private static readonly string[] Unlintable =
    [
        "dotnet.assembly.count", "dotnet.process.cpu.count", "dotnet.timer.count", "dotnet.thread_pool.queue.length",
        "dotnet.thread_pool.thread.count",
    ];

    private static readonly double[] JobExecutionBounds = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300];

    /// <summary>Adds log events and metrics.</summary>
    public static IServiceCollection AddReporting(this IServiceCollection services, MetricsOptions options, AuditLog audit)
    {
        services.AddOpenTelemetry().WithMetrics(Configure);

        return services
            .AddSingleton(options)
            // By a factory, so that the container disposes it.
            .AddSingleton(_ => audit)
            .AddSingleton<DurationHistograms>()
            .AddSingleton<NotificationLatency>()
            .AddSingleton<NotificationCounts>()
            .AddSingleton<PendingNotifications>()
            .AddSingleton<NotificationSamples>()
            .AddSingleton<ProcessSamples>()
            .AddSingleton<AlertSamples>()
            .AddSingleton<StateSamples>()
            .AddSingleton<ScrapeEndpoint>()
            .AddSingleton<TransitionLogger>()
            .AddSingleton<TransitionReporter>()
            .AddBackgroundLoop<TransitionReporter>(
                "the reporting of transitions", (reporter, stopping) => reporter.RunAsync(stopping));
    }

    private static void Configure(MeterProviderBuilder metrics)
    {
        metrics
            .AddMeter(DurationHistograms.MeterName, QuartzInstrumentation.MeterName)
            .AddMeter("System.Runtime", "System.Net.Http")
            .AddView(DurationHistograms.JobDuration, Buckets(DurationHistograms.JobBounds))
            .AddView(DurationHistograms.PollDuration, Buckets(DurationHistograms.PollBounds))
            .AddView(DurationHistograms.CommitDuration, Buckets(DurationHistograms.CommitBounds))
            .AddView(NotificationLatency.Name, Buckets(NotificationLatency.Bounds))
            .AddView(instrument => instrument.Meter.Name == QuartzInstrumentation.MeterName
                ? WithoutTargets(instrument.Name)
                : null)
            .AddView(instrument => instrument.Meter.Name == "System.Net.Http"
                ? new MetricStreamConfiguration { TagKeys = ["http.request.method", "http.response.status_code", "error.type"] }
                : null)
            .AddPrometheusExporter(exporter =>
            {
                exporter.ScopeInfoEnabled = false;
                exporter.TargetInfoEnabled = false;
                // A cached answer would hide whether the one that was prepared has been carried.
                exporter.ScrapeResponseCacheDurationMilliseconds = 0;
            });

        foreach (var name in Unlintable)
        {
            metrics.AddView(name, MetricStreamConfiguration.Drop);
        }
    }

    private static ExplicitBucketHistogramConfiguration Buckets(double[] bounds) => new() { Boundaries = bounds };

    // Quartz tags its instruments with each job's key, of which there is one for each target.
    private static MetricStreamConfiguration WithoutTargets(string instrument) =>
        instrument.EndsWith("duration", StringComparison.Ordinal)
            ? new ExplicitBucketHistogramConfiguration { TagKeys = ["quartz.job.result"], Boundaries = JobExecutionBounds }
            : new MetricStreamConfiguration { TagKeys = ["quartz.job.result"] };
}
