using System.Net;
using JobWatcher.Reporting.Metrics;
using Microsoft.AspNetCore.ResponseCompression;

namespace JobWatcher.Web;

/// <summary>The station that answers HTTP.</summary>
internal static class WebServer
{
    private const string MetricsPath = "/metrics";

    /// <summary>Adds the server, listening on one address.</summary>
    public static WebApplicationBuilder AddWebServer(this WebApplicationBuilder builder, Uri listen)
    {
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Everything here is read only: no request has a body.
            kestrel.Limits.MaxRequestBodySize = 0;
            if (IPAddress.TryParse(listen.Host.Trim('[', ']'), out var address))
            {
                kestrel.Listen(address, listen.Port);
            }
            else
            {
                kestrel.ListenLocalhost(listen.Port);
            }
        });
        builder.Services
            .AddRoutingCore()
            // What Prometheus asks for.
            .AddResponseCompression(compression => compression.Providers.Add<GzipCompressionProvider>());
        return builder;
    }

    /// <summary>Maps the endpoints.</summary>
    public static WebApplication MapEndpoints(this WebApplication app)
    {
        app.MapHealth();
        app.UseWhen(
            context => context.Request.Path.Equals(MetricsPath, StringComparison.Ordinal),
            metrics => metrics
                .UseResponseCompression()
                .UseMiddleware<ScrapeEndpoint>()
                .UseOpenTelemetryPrometheusScrapingEndpoint(MetricsPath));
        return app;
    }
}
