using System.Text.Json;
using JobWatcher.EndToEndTests.Chaos.Truth;

namespace JobWatcher.EndToEndTests.Programs;

/// <summary>What the simulated cloud knows of itself, and changes of it that single tests do not need.</summary>
internal sealed partial class Cloud
{
    private const string User = "credentials/users/example-domain/example-user";

    /// <summary>Adds a project on a server of a kind of its own.</summary>
    public Task AddProjectAsync(string id, string paging, bool hideFirstRecord) =>
        SendAsync(HttpMethod.Post, "projects", new { Id = id, Paging = paging, HideFirstRecord = hideFirstRecord });

    /// <summary>Lets this key in, and no other one any more.</summary>
    public Task LetInAsync(AccessKey key) =>
        SendAsync(HttpMethod.Patch, User, new { AccessKey = key.Id, SecretKey = key.Secret });

    /// <summary>Takes a job off a project's list; one that is not there is none the less gone.</summary>
    public async Task RemoveFromAsync(string project, string jobId)
    {
        using var answer = await _control.DeleteAsync(new Uri($"projects/{project}/jobs/{jobId}", UriKind.Relative));
        Assert.True(answer.IsSuccessStatusCode || answer.StatusCode == System.Net.HttpStatusCode.NotFound, $"{answer.StatusCode}");
    }

    /// <summary>Ends all faults.</summary>
    public Task MendAllAsync() => SendAsync<object>(HttpMethod.Delete, "faults", null);

    /// <summary>The statuses of the jobs that a project lists now, by job id.</summary>
    public async Task<IReadOnlyDictionary<string, string>> StatusesAsync(string project)
    {
        var answer = await SendAsync<object>(HttpMethod.Get, $"projects/{project}/jobs", null);
        return Jobs(answer).ToDictionary(job => job.JobId, job => job.Status, StringComparer.Ordinal);
    }

    /// <summary>How many requests have come in since they were last forgotten.</summary>
    public async Task<long> CountRequestsAsync() =>
        (await SendAsync<object>(HttpMethod.Get, "requests", null)).GetProperty("total").GetInt64();

    /// <summary>Forgets all requests.</summary>
    public Task ForgetRequestsAsync() => SendAsync<object>(HttpMethod.Delete, "requests", null);

    /// <summary>The answers to all listing requests about a project since requests were last forgotten.</summary>
    public async Task<IReadOnlyList<ServedAnswer>> AnswersAsync(string project)
    {
        var told = await SendAsync<object>(HttpMethod.Get, $"projects/{project}/listings", null);
        Assert.True(told.GetProperty("is_whole").GetBoolean(), "The simulator has dropped requests from its log.");
        return
        [
            .. told.GetProperty("listings").EnumerateArray().Select(answer => new ServedAnswer(
                answer.GetProperty("time").GetDateTimeOffset(),
                answer.GetProperty("query").GetString()!,
                answer.GetProperty("access_key").GetString(),
                answer.GetProperty("status") is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : null,
                answer.GetProperty("is_sent").GetBoolean(),
                answer.GetProperty("jobs").ValueKind == JsonValueKind.Null ? null : [.. Jobs(answer)])),
        ];
    }

    private static IEnumerable<ShownJob> Jobs(JsonElement answer) => answer.GetProperty("jobs").EnumerateArray()
        .Select(job => new ShownJob(job.GetProperty("job_id").GetString()!, job.GetProperty("status").GetString()!));
}
