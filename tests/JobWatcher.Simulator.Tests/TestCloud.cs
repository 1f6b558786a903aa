using System.Diagnostics;
using System.Text.Json;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Jobs;
using Microsoft.Extensions.Time.Testing;

namespace JobWatcher.Simulator.Tests;

/// <summary>A simulator on a clock that stands still, and a client with a token.</summary>
internal sealed class TestCloud : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TestCloud(SimulatorServer server, FakeTimeProvider clock)
    {
        Server = server;
        Clock = clock;
        Client = new HttpClient { BaseAddress = server.BaseAddress, Timeout = TimeSpan.FromSeconds(30) };
        Client.DefaultRequestHeaders.Add("X-Auth-Token", SimulatedAccount.Example.Tokens[0]);
    }

    /// <summary>Near the captured requests of the vendor's SDK.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 11, 24, 14, 20, 0, TimeSpan.Zero);

    public SimulatorServer Server { get; }

    public FakeTimeProvider Clock { get; }

    public HttpClient Client { get; }

    public SimulatedProject Project => Server.Cloud.Projects[0];

    public static async Task<TestCloud> StartAsync(SimulatorOptions? options = null)
    {
        var clock = new FakeTimeProvider(Start);
        var server = await SimulatorServer.StartAsync((options ?? new()) with { TimeProvider = clock });
        return new TestCloud(server, clock);
    }

    public Task<HttpResponseMessage> GetAsync(string query = "", string project = ProjectOptions.ExampleId)
        => Client.GetAsync(new Uri($"/v3/{project}/immediate-jobs{query}", UriKind.Relative));

    public async Task<TestListing> ListAsync(string query = "")
    {
        using var response = await GetAsync(query);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return TestListing.Parse(text);
    }

    /// <summary>Moves the clock on, a step at a time, until the task has ended.</summary>
    public async Task AdvanceUntilAsync(Task task, TimeSpan step)
    {
        var patience = Stopwatch.StartNew();
        while (!task.IsCompleted && patience.Elapsed < Patience)
        {
            Clock.Advance(step);
            await Task.WhenAny(task, Task.Delay(1));
        }
    }

    /// <summary>Waits until so many requests have arrived.</summary>
    public async Task WaitForRequestsAsync(int count)
    {
        var patience = Stopwatch.StartNew();
        while (Server.Cloud.Requests.Total < count)
        {
            Assert.True(patience.Elapsed < Patience, $"{Server.Cloud.Requests.Total} of {count} requests arrived.");
            await Task.Delay(1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}

/// <summary>What a test looks at in a listing.</summary>
internal sealed record TestListing(IReadOnlyList<string?> Ids, int TotalCount, JsonElement Json)
{
    public static TestListing Parse(string text)
    {
        var json = JsonDocument.Parse(text).RootElement;
        return new TestListing(
            [.. json.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("job_id").GetString())],
            json.GetProperty("total_count").GetInt32(),
            json);
    }
}
