using JobWatcher.EndToEndTests.Chaos.Store;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Chaos.Run;

/// <summary>Scrapes whichever process listens now.</summary>
internal sealed class Probe(int port) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromSeconds(10) };
    private readonly List<CounterScrape> _noted = [];

    /// <summary>The counters that were noted, oldest first.</summary>
    public IReadOnlyList<CounterScrape> Noted => _noted;

    /// <summary>What <c>/metrics</c> answers; null while nobody listens.</summary>
    public async Task<Scrape?> ScrapeAsync()
    {
        try
        {
            return Scrape.Parse(await _http.GetStringAsync(new Uri("metrics", UriKind.Relative)));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Notes the counters of now, if somebody shows them.</summary>
    public async Task NoteCountersAsync()
    {
        if (await ScrapeAsync() is { } scrape)
        {
            _noted.Add(CounterScrape.Of(scrape, DateTimeOffset.UtcNow));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
