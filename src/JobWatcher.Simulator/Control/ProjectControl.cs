using JobWatcher.Simulator.Answers;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Control;

/// <summary>Shows, adds and removes projects: several of one name, or none, as IAM may list them.</summary>
internal static class ProjectControl
{
    public static void Map(IEndpointRouteBuilder control, SimulatedCloud cloud)
    {
        control.MapGet("/projects", () => ControlApi.Show(cloud.Projects.Select(project => project.Options)));
        control.MapPost("/projects", (HttpRequest request) => AddAsync(cloud, request));
        control.MapDelete("/projects/{project}", (string project) => Remove(cloud, project));
    }

    private static async Task<IResult> AddAsync(SimulatedCloud cloud, HttpRequest request)
    {
        var added = cloud.AddProject(await ControlApi.ReadAsync<ProjectOptions>(request));
        return ControlApi.Show(added.Options, StatusCodes.Status201Created);
    }

    private static IResult Remove(SimulatedCloud cloud, string project)
        => cloud.RemoveProject(project)
            ? Results.NoContent()
            : throw new ApiException(ApiError.UnknownProject(project));
}
