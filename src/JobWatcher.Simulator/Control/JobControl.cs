using System.Text.Json;
using System.Text.Json.Nodes;
using JobWatcher.Simulator.Answers;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Control;

/// <summary>Puts, changes and removes jobs, and tells what was served of them.</summary>
internal static class JobControl
{
    public static void Map(IEndpointRouteBuilder control, SimulatedCloud cloud)
    {
        var project = control.MapGroup("/projects/{project}");
        project.MapGet("/jobs", (string project) => ControlApi.Show(new { ControlApi.Project(cloud, project).Jobs }));
        project.MapPut("/jobs", (string project, HttpRequest request) => PutAsync(cloud, project, request));
        project.MapDelete("/jobs", (string project) => Clear(cloud, project));
        project.MapPatch(
            "/jobs/{job}",
            (string project, string job, HttpRequest request) => PatchAsync(cloud, project, job, request));
        project.MapDelete("/jobs/{job}", (string project, string job) => Remove(cloud, project, job));
        project.MapGet(
            "/served",
            (string project) => ControlApi.Show(new { Jobs = ControlApi.Project(cloud, project).ServedStatuses }));
    }

    private static async Task<IResult> PutAsync(SimulatedCloud cloud, string project, HttpRequest request)
    {
        var body = await ControlApi.ReadAsync<JobList>(request);
        var now = cloud.Clock.GetUtcNow();
        ControlApi.Project(cloud, project).PutAll([.. body.Jobs.Select(fields => Job(fields, now))]);
        return Results.NoContent();
    }

    private static SimulatedJob Job(JsonObject fields, DateTimeOffset now)
        => fields.ContainsKey("job_id")
            ? JobPatch.Apply(SimulatedJob.Pending("RebootGaussDBforMySQLInstance", now), fields, now)
            : throw new JsonException("A job needs its job_id; items without one come from the fault malformed_jobs.");

    private static async Task<IResult> PatchAsync(SimulatedCloud cloud, string project, string job, HttpRequest request)
    {
        var patch = await ControlApi.ReadAsync<JsonObject>(request);
        SimulatedJob? patched = null;
        ControlApi.Project(cloud, project)
            .Update(job, found => patched = JobPatch.Apply(found, patch, cloud.Clock.GetUtcNow()));
        return patched is null ? throw Unknown(job) : ControlApi.Show(patched);
    }

    private static IResult Remove(SimulatedCloud cloud, string project, string job)
        => ControlApi.Project(cloud, project).Remove(job) ? Results.NoContent() : throw Unknown(job);

    private static IResult Clear(SimulatedCloud cloud, string project)
    {
        ControlApi.Project(cloud, project).Clear();
        return Results.NoContent();
    }

    private static ApiException Unknown(string job)
        => new(new ApiError(404, "Simulator.404", $"There is no job {job}."));

    private sealed record JobList(IReadOnlyList<JsonObject> Jobs);
}
