using System.Diagnostics;
using System.Text.Json;
using JobWatcher.EndToEndTests.Programs;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Alerting;

/// <summary>
/// Prometheus' Alertmanager, which must be installed, on a loopback port and over a folder of its own. It tells each alert
/// alone and at once, and what it tells is recorded.
/// </summary>
internal sealed class RealAlertmanager : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _http;
    private readonly int _port = FreePort.Next();
    private IReadOnlyList<string> _cluster = ["--cluster.listen-address="];
    private RunningProgram? _program;

    private RealAlertmanager(RecordingReceiver people)
    {
        People = people;
        Address = new Uri($"http://127.0.0.1:{_port}/");
        _http = new HttpClient { BaseAddress = Address };
        _folder.Write(
            "alertmanager.yml",
            $$"""
            route:
              receiver: people
              group_by: ['...']
              group_wait: 100ms
              group_interval: 200ms
              repeat_interval: 24h
            receivers:
              - name: people
                webhook_configs: [{ url: "{{people.Address}}", send_resolved: true }]
            """);
    }

    /// <summary>Whom it tells.</summary>
    public RecordingReceiver People { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts it with somebody to tell, and waits until it is ready.</summary>
    public static async Task<RealAlertmanager> StartAsync()
    {
        var alertmanager = new RealAlertmanager(await RecordingReceiver.StartAsync());
        await alertmanager.StartAgainAsync();
        return alertmanager;
    }

    /// <summary>Starts two that are one cluster and tell the same people.</summary>
    public static async Task<(RealAlertmanager First, RealAlertmanager Second)> StartPairAsync()
    {
        var people = await RecordingReceiver.StartAsync();
        RealAlertmanager[] pair = [new(people), new(people)];
        int[] ports = [FreePort.Next(), FreePort.Next()];
        foreach (var (alertmanager, mine, other) in new[] { (pair[0], ports[0], ports[1]), (pair[1], ports[1], ports[0]) })
        {
            alertmanager._cluster =
            [
                $"--cluster.listen-address=127.0.0.1:{mine}", $"--cluster.peer=127.0.0.1:{other}",
                "--cluster.peer-timeout=2s", "--cluster.gossip-interval=50ms",
            ];
            await alertmanager.StartAgainAsync();
        }

        return (pair[0], pair[1]);
    }

    /// <summary>A section <c>alerting</c> that names it, with short times.</summary>
    public string Receiver(string more = "") => ReceiverAt([Address], more);

    /// <summary>A section <c>alerting</c> that names these addresses, with short times.</summary>
    public static string ReceiverAt(IEnumerable<Uri> urls, string more = "") =>
        $$"""
        alerting:
          minActive: 2s
          receivers: [{ name: am, alertmanager: { urls: [{{string.Join(", ", urls.Select(url => $"\"{url}\""))}}], resendEvery: 1s } }]
          {{more}}
        """;

    /// <summary>Starts it, or starts it again after <see cref="StopAsync"/>: it forgot its alerts, but not what it told.</summary>
    public async Task StartAgainAsync()
    {
        _program = RunningProgram.StartCommand(
            "prometheus-alertmanager",
            [
                "--config.file=alertmanager.yml", "--storage.path=data", $"--web.listen-address=127.0.0.1:{_port}", .. _cluster,
            ],
            _folder.FullName);
        await Eventually.SeesAsync(async () => await _http.GetStringAsync("-/ready"));
    }

    /// <summary>Stops it as an operator does.</summary>
    public async Task StopAsync()
    {
        Assert.Equal(0, await _program!.StopAsync());
        await _program.DisposeAsync();
    }

    /// <summary>The jobs of the alerts that fire, as its own tool tells them; an empty text for one about a target.</summary>
    public async Task<IReadOnlyList<string>> FiringAsync()
    {
        var start = ProgramStart.OfCommand(
            "amtool", ["alert", "query", $"--alertmanager.url={Address}", "--output=json"], _folder.FullName);
        using var amtool = Process.Start(start)!;
        var output = await amtool.StandardOutput.ReadToEndAsync();
        await amtool.WaitForExitAsync();
        Assert.Equal(0, amtool.ExitCode);
        using var alerts = JsonDocument.Parse(output);
        return
        [
            .. alerts.RootElement.EnumerateArray().Select(alert =>
                alert.GetProperty("labels").TryGetProperty("job_id", out var job) ? job.GetString()! : ""),
        ];
    }

    /// <summary>Waits until just the alerts of these jobs fire.</summary>
    public Task KnowsAsync(params string[] jobs) => Eventually.SeesAsync(async () =>
        Assert.Equal(jobs.Order(StringComparer.Ordinal), (await FiringAsync()).Order(StringComparer.Ordinal)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await (_program?.DisposeAsync() ?? ValueTask.CompletedTask);
        await People.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }
}
