using System.Net;
using JobWatcher.Simulator.Answers;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Control;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Identity;
using JobWatcher.Simulator.Jobs;
using JobWatcher.Simulator.Listing;
using JobWatcher.Simulator.Metadata;
using JobWatcher.Simulator.Requests;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace JobWatcher.Simulator;

/// <summary>
/// The watched cloud API, IAM and the metadata service on one loopback socket. Nothing of it depends on the environment
/// or on files.
/// </summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    // A hundred thousand jobs fit into one control call.
    private const long MaxBodyBytes = 256 << 20;

    private readonly WebApplication application;

    private SimulatorServer(WebApplication application, SimulatedCloud cloud)
    {
        this.application = application;
        Cloud = cloud;
        BaseAddress = new Uri(application.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Where it listens.</summary>
    public Uri BaseAddress { get; }

    /// <summary>What it serves.</summary>
    public SimulatedCloud Cloud { get; }

    /// <summary>Starts a server; it listens when the task ends.</summary>
    /// <exception cref="ArgumentException">The address is not an http address on loopback.</exception>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<SimulatorServer> StartAsync(
        SimulatorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var endpoint = Endpoint(options.Listen) ?? throw new ArgumentException(
            $"The simulator listens on loopback only: {options.Listen} is no address like http://127.0.0.1:8089.",
            nameof(options));
        var built = Build(options, endpoint);
        var cloud = new SimulatedCloud(options);
        Map(built, cloud);
        try
        {
            await built.StartAsync(cancellationToken);
            return new SimulatorServer(built, cloud);
        }
        catch
        {
            await built.DisposeAsync();
            throw;
        }
    }

    internal static bool IsLoopback(Uri listen) => listen.IsAbsoluteUri && Endpoint(listen) is not null;

    /// <summary>Stops at once; requests that hang are cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
    }

    private static IPEndPoint? Endpoint(Uri listen)
    {
        var address = listen.Host == "localhost" ? IPAddress.Loopback : null;
        return listen.Scheme == Uri.UriSchemeHttp
            && (address is not null || IPAddress.TryParse(listen.Host.Trim('[', ']'), out address))
            && IPAddress.IsLoopback(address)
            ? new IPEndPoint(address, listen.Port)
            : null;
    }

    private static WebApplication Build(SimulatorOptions options, IPEndPoint endpoint)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Listen(endpoint);
        });
        builder.Services.AddRoutingCore()
            .AddSingleton(options.TimeProvider)
            .AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        return builder.Build();
    }

    private static void Map(WebApplication application, SimulatedCloud cloud)
    {
        var authenticator = new Authenticator(cloud);
        application.UseRouting();
        application.UseWhen(
            context => !context.Request.Path.StartsWithSegments(ControlApi.Prefix, StringComparison.Ordinal),
            watched => watched
                .Use(new RequestLogging(cloud).InvokeAsync)
                .Use(new FaultInjection(cloud, application.Lifetime.ApplicationStopping).InvokeAsync));
        ControlApi.Map(application, cloud);
        new ListingEndpoint(cloud, authenticator).Map(application);
        new TokenEndpoint(cloud).Map(application);
        new ProjectsEndpoint(cloud, authenticator).Map(application);
        new MetadataTokenEndpoint(cloud).Map(application);
        new SecurityKeyEndpoint(cloud).Map(application);
        application.MapFallback(context => Answer.SendAsync(context, ApiError.NoSuchApi));
    }
}
