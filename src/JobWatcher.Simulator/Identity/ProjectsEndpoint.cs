using System.Text.Json;
using JobWatcher.Simulator.Answers;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Simulator.Jobs;
using JobWatcher.Simulator.Requests;

namespace JobWatcher.Simulator.Identity;

/// <summary><c>GET /v3/projects?name={region}</c>: the projects of a name, which may be none or several.</summary>
internal sealed class ProjectsEndpoint(SimulatedCloud cloud, Authenticator authenticator)
{
    public void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/v3/projects", HandleAsync)
            .WithMetadata(new OperationMetadata(ApiOperation.ListProjects));

    private Task HandleAsync(HttpContext context)
    {
        authenticator.Authenticate(context);
        var name = context.Request.Query["name"].ToString();
        var projects = cloud.Projects
            .Where(project => name.Length == 0 || project.Options.Region == name)
            .Select(project => new { project.Options.Id, Name = project.Options.Region, Enabled = true });
        return Answer.SendAsync(
            context,
            StatusCodes.Status200OK,
            JsonSerializer.SerializeToUtf8Bytes(new { Projects = projects }, Json.Options));
    }
}
