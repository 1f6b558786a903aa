using System.Text.Json;
using JobWatcher.Simulator.Answers;
using JobWatcher.Simulator.Jobs;
using JobWatcher.Simulator.Requests;

namespace JobWatcher.Simulator.Identity;

/// <summary><c>POST /v3/auth/tokens</c>: a token for a password.</summary>
internal sealed class TokenEndpoint(SimulatedCloud cloud)
{
    private static readonly string[] Methods = ["password"];

    public void Map(IEndpointRouteBuilder routes)
        => routes.MapPost("/v3/auth/tokens", HandleAsync)
            .WithMetadata(new OperationMetadata(ApiOperation.CreateToken));

    private async Task HandleAsync(HttpContext context)
    {
        var request = await TokenRequest.ReadAsync(context);
        var user = request.ByPassword;
        var project = Find(request.Project) ?? throw Refused("The project of the scope could not be found.");
        var (token, expires) =
            cloud.Credentials.IssueToken(user.Domain.Name, user.Name, user.Password, project.Options.Id)
                ?? throw Refused("The username or password is wrong.");
        context.Response.Headers["X-Subject-Token"] = token;
        await Answer.SendAsync(context, StatusCodes.Status201Created, Body(user, project.Options, expires));
    }

    private SimulatedProject? Find(TokenRequest.ProjectScope scope)
        => scope.Id is { } id
            ? cloud.Find(id)
            : cloud.Projects.FirstOrDefault(project => project.Options.Region == scope.Name);

    private byte[] Body(TokenRequest.User user, ProjectOptions project, DateTimeOffset expires)
    {
        var domain = new { Id = DeterministicId.Hex($"domain {user.Domain.Name}"), user.Domain.Name };
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Token = new
                {
                    ExpiresAt = Instant.Format(expires),
                    IssuedAt = Instant.Format(cloud.Clock.GetUtcNow()),
                    Methods,
                    Project = new { project.Id, Name = project.Region, Domain = domain },
                    User = new { Id = DeterministicId.Hex($"user {user}"), user.Name, Domain = domain },
                },
            },
            Json.Options);
    }

    private static ApiException Refused(string message) => new(ApiError.WithoutCode(401, message));
}
