using System.Text.Json;
using JobWatcher.Simulator.Answers;

namespace JobWatcher.Simulator.Identity;

/// <summary>
/// The body of <c>POST /v3/auth/tokens</c>, of which the password method for a project is understood.
/// </summary>
internal sealed record TokenRequest(TokenRequest.Authentication Auth)
{
    private static readonly JsonSerializerOptions Notation = new(JsonSerializerOptions.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public User ByPassword => Auth.Identity.Password.User;

    public ProjectScope Project => Auth.Scope.Project;

    /// <exception cref="ApiException">400: it asks for something else, or for nothing that can be read.</exception>
    public static async Task<TokenRequest> ReadAsync(HttpContext context)
    {
        try
        {
            var request = await JsonSerializer.DeserializeAsync<TokenRequest>(
                context.Request.Body, Notation, context.RequestAborted);
            return request is { Auth.Identity.Methods: ["password"], Project: not { Id: null, Name: null } }
                ? request
                : throw Refused("the method is 'password' alone, and the scope a project by id or by name.");
        }
        catch (JsonException fault)
        {
            // Its message may quote the body, which holds a password.
            throw Refused($"see {fault.Path ?? "the JSON"}.");
        }
    }

    private static ApiException Refused(string reason)
        => new(ApiError.WithoutCode(400, $"Request parameter is invalid: {reason}"));

    public sealed record Authentication(Identification Identity, TokenScope Scope);

    public sealed record Identification(IReadOnlyList<string> Methods, PasswordMethod Password);

    public sealed record PasswordMethod(User User);

    public sealed record User(string Name, string Password, Domain Domain)
    {
        public override string ToString() => $"{Domain.Name}/{Name}";
    }

    public sealed record Domain(string Name);

    public sealed record TokenScope(ProjectScope Project);

    public sealed record ProjectScope(string? Id = null, string? Name = null);
}
