using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Programs;

/// <summary>The service in a folder of its own. It can be stopped and started again over the same store.</summary>
internal sealed class Watcher : IAsyncDisposable
{
    private const string ConfigurationFile = "jobwatcher.yaml";

    private readonly TempFolder _folder;
    private readonly int _port;
    private readonly HttpClient _http;
    private readonly IReadOnlyDictionary<string, string>? _environment;

    private readonly IReadOnlyList<string>? _launcher;

    private Watcher(
        TempFolder folder, int port, IReadOnlyDictionary<string, string>? environment, IReadOnlyList<string>? launcher)
    {
        _folder = folder;
        _port = port;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        _environment = environment;
        _launcher = launcher;
        Program = Run();
    }

    /// <summary>The process of this moment.</summary>
    public RunningProgram Program { get; private set; }

    /// <summary>The store's file.</summary>
    public string StorePath => _folder.PathOf("jobwatcher.db");

    /// <summary>Its configuration file.</summary>
    public string ConfigurationPath => _folder.PathOf(ConfigurationFile);

    /// <summary>Writes its configuration file anew, all at once as people's tools do.</summary>
    public void Configure(WatcherSettings settings) => Configure(settings.ToYaml(_port));

    /// <inheritdoc cref="Configure(WatcherSettings)"/>
    public void Configure(string yaml) =>
        File.Move(_folder.Write("jobwatcher.yaml.new", yaml), ConfigurationPath, overwrite: true);

    /// <summary>The log of the process of this moment.</summary>
    public IReadOnlyList<LogEvent> Events => LogEvent.ReadAll(Program.Output.All);

    /// <summary>Starts the service, by a launcher where there is one, and waits until it is ready.</summary>
    public static Task<Watcher> StartAsync(WatcherSettings settings, IReadOnlyList<string>? launcher = null)
    {
        var port = FreePort.Next();
        var folder = new TempFolder();
        folder.Write(ConfigurationFile, settings.ToYaml(port));
        return StartAsync(folder, port, environment: null, launcher);
    }

    /// <summary>Starts the service on a configuration file that is in the folder, and waits until it is ready.</summary>
    /// <param name="folder">Its working directory, which goes with it.</param>
    /// <param name="port">Where it was told to listen.</param>
    /// <param name="environment">Variables of its own.</param>
    /// <param name="launcher">A command that becomes the service.</param>
    public static async Task<Watcher> StartAsync(
        TempFolder folder,
        int port,
        IReadOnlyDictionary<string, string>? environment = null,
        IReadOnlyList<string>? launcher = null)
    {
        var watcher = new Watcher(folder, port, environment, launcher);
        await watcher.BecomesReadyAsync();
        return watcher;
    }

    /// <summary>Starts the service again, as it was started first, and waits until it is ready.</summary>
    public async Task StartAgainAsync()
    {
        await Program.DisposeAsync();
        Program = Run();
        await BecomesReadyAsync();
    }

    /// <summary>Runs another command of the program beside the service, over the same configuration, to its end.</summary>
    public Task<RefusedStart> CommandAsync(params string[] arguments) => RefusedStart.InAsync(_folder, _environment, arguments);

    /// <summary>The events of these names so far, in order.</summary>
    public IReadOnlyList<LogEvent> EventsOf(params IReadOnlyList<string> names) =>
        [.. Events.Where(logged => names.Contains(logged.Name, StringComparer.Ordinal))];

    /// <summary>Waits for an event.</summary>
    public async Task<LogEvent> TellsAsync(string name, params (string Key, string Value)[] fields)
    {
        bool Fits(LogEvent logged) =>
            logged.Name == name && fields.All(field => logged.Text(field.Key) == field.Value);

        var line = await Program.Output.WaitForAsync(
            line => Fits(LogEvent.Read(line)), $"{name} with {string.Join(", ", fields)}", Eventually.Deadline);
        return LogEvent.Read(line);
    }

    /// <summary>What <c>/metrics</c> answers now.</summary>
    public async Task<Scrape> ScrapeAsync() => Scrape.Parse(await _http.GetStringAsync("metrics"));

    /// <summary>Scrapes until a look does not fail an assertion.</summary>
    public async Task<Scrape> ShowsAsync(Action<Scrape> look) => await Eventually.SeesAsync(async () =>
    {
        Assert.False(Program.HasExited, "The service has ended.");
        var scrape = await ScrapeAsync();
        look(scrape);
        return scrape;
    });

    /// <summary>Sends a request.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => await _http.SendAsync(request);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private RunningProgram Run() => RunningProgram.Start("JobWatcher", ["--config", ConfigurationFile], _folder.FullName, _environment, _launcher);

    private async Task BecomesReadyAsync()
    {
        try
        {
            await Eventually.SeesAsync(async () =>
            {
                if (Program.HasExited)
                {
                    throw new InvalidOperationException($"The service ended: {string.Join(' ', Program.Error.All)}");
                }

                using var answer = await _http.GetAsync("readyz");
                Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            });
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }
}
