using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace JobWatcher.Tests.Alerting.Receivers.Http;

/// <summary>A request as a receiver sees it.</summary>
internal sealed record SeenRequest(string LocalAddress, string Host, string Authorization, string? Certificate, string Body);

/// <summary>A receiver on one port of several loopback addresses, which closes each connection after its answer.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app) => _app = app;

    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    /// <summary>Answers; by default with 200 and nothing else.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>Whether a client's certificate is trusted, given what came with it; by default any is.</summary>
    public Func<X509Certificate2, X509Chain, bool> Trusts { get; set; } = (_, _) => true;

    public int Port { get; private set; }

    public static async Task<LoopbackServer> StartAsync(X509Certificate2? certificate = null, params string[] addresses)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        string[] all = addresses is [] ? ["127.0.0.1"] : addresses;
        var port = FreePort(all);
        LoopbackServer? server = null;
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            foreach (var address in all)
            {
                kestrel.Listen(IPAddress.Parse(address), port, listen => Secure(
                    listen, certificate, (shown, chain) => server!.Trusts(shown, chain)));
            }
        });
        server = new LoopbackServer(builder.Build()) { Port = port };
        server._app.Run(server.TakeAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        // Requests that hang are what a test is about: nobody waits for them.
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static void Secure(
        ListenOptions listen, X509Certificate2? certificate, Func<X509Certificate2, X509Chain, bool> trusts)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (certificate is not null)
        {
            listen.UseHttps(certificate, https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.ClientCertificateValidation = (shown, chain, _) => trusts(shown, chain!);
            });
        }
    }

    // A port that is free at all of the addresses.
    private static int FreePort(string[] addresses)
    {
        using var first = new System.Net.Sockets.TcpListener(IPAddress.Parse(addresses[0]), 0);
        first.Start();
        return ((IPEndPoint)first.LocalEndpoint).Port;
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Requests.Enqueue(new SeenRequest(
            context.Connection.LocalIpAddress!.ToString(),
            context.Request.Host.Value!,
            context.Request.Headers.Authorization.ToString(),
            (await context.Connection.GetClientCertificateAsync())?.Subject,
            await reader.ReadToEndAsync()));
        context.Response.Headers.Connection = "close";
        await Answer(context);
    }
}
