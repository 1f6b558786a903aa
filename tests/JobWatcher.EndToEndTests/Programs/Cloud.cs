using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using JobWatcher.EndToEndTests.Seen;

namespace JobWatcher.EndToEndTests.Programs;

/// <summary>The simulated cloud as a process of its own, told by its control API what to serve.</summary>
internal sealed partial class Cloud : IAsyncDisposable
{
    /// <summary>The project that is served unless others are asked for.</summary>
    public const string Project = "619d3e78f61b4be68bc5aa0b59edcf7b";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly RunningProgram _program;
    private readonly HttpClient _control;

    private Cloud(RunningProgram program, Uri endpoint)
    {
        _program = program;
        Endpoint = endpoint;
        _control = new HttpClient { BaseAddress = new Uri(endpoint, "_simulator/") };
    }

    /// <summary>The API's address.</summary>
    public Uri Endpoint { get; }

    /// <summary>Starts it with further arguments, and waits until it listens.</summary>
    public static Task<Cloud> StartAsync(params string[] arguments) => StartAsync(AccessKey.Example, arguments);

    /// <summary>Starts it for the owner of a key.</summary>
    public static Task<Cloud> StartAsync(AccessKey key, params string[] arguments) => StartAsync(key, clock: null, arguments);

    /// <summary>Starts it with a clock of its own.</summary>
    public static Task<Cloud> StartAsync(FakedClock clock, params string[] arguments) =>
        StartAsync(AccessKey.Example, clock, arguments);

    /// <summary>The settings of a watcher of its project.</summary>
    public WatcherSettings Watched(string target) => new() { Targets = [new TargetSettings(target, Project, Endpoint)] };

    /// <summary>Adds jobs to its project, or replaces those with their ids.</summary>
    public Task PutAsync(params IReadOnlyList<CloudJob> jobs) => PutIntoAsync(Project, jobs);

    /// <inheritdoc cref="PutAsync"/>
    public Task PutIntoAsync(string project, params IReadOnlyList<CloudJob> jobs) =>
        SendAsync(HttpMethod.Put, $"projects/{project}/jobs", new { Jobs = jobs });

    /// <summary>Takes jobs off its project's list.</summary>
    public async Task RemoveAsync(IReadOnlyList<CloudJob> jobs)
    {
        foreach (var job in jobs)
        {
            await SendAsync<object>(HttpMethod.Delete, $"projects/{Project}/jobs/{job.JobId}", null);
        }
    }

    /// <summary>Puts a fault in force.</summary>
    /// <returns>What to mend it by.</returns>
    public async Task<int> FailAsync(CloudFault fault)
    {
        var answer = await SendAsync(HttpMethod.Post, "faults", fault);
        return answer.GetProperty("id").GetInt32();
    }

    /// <summary>Ends a fault.</summary>
    public Task MendAsync(int fault) => SendAsync<object>(HttpMethod.Delete, $"faults/{fault}", null);

    /// <summary>How many requests have come in and not been answered.</summary>
    public async Task<int> UnansweredAsync()
    {
        var requests = await SendAsync<object>(HttpMethod.Get, "requests", null);
        return requests.GetProperty("requests").EnumerateArray().Count(request => request.GetProperty("status").ValueKind == JsonValueKind.Null);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _program.DisposeAsync();
    }

    private static async Task<Cloud> StartAsync(AccessKey key, FakedClock? clock, params string[] arguments)
    {
        var program = RunningProgram.Start("JobWatcher.Simulator",
        [
            "--listen", "http://127.0.0.1:0",
            "--access-key", key.Id,
            "--secret-key", key.Secret,
            // It serves what it is told and nothing that happens by itself.
            "--jobs", "0",
            .. arguments,
        ],
        environment: clock?.Environment);
        try
        {
            var greeting = await program.Output.WaitForAsync(
                line => Greeting().IsMatch(line), "where the simulator listens", Eventually.Deadline);
            return new Cloud(program, new Uri(Greeting().Match(greeting).Value));
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    private async Task<JsonElement> SendAsync<T>(HttpMethod method, string path, T? content)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = content is null ? null : JsonContent.Create(content, options: Json);
        using var answer = await _control.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"The simulator refused {method} {path}: {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, 1000)]
    private static partial Regex Greeting();
}
