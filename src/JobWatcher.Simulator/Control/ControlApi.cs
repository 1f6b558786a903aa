using System.Text.Json;
using JobWatcher.Simulator.Answers;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Control;

/// <summary>
/// What tests in another process do to the simulated cloud, under <see cref="Prefix"/>. Needs no authentication, is not
/// logged, and no fault hits it. A bad request is a 400 whose <c>error_msg</c> says why.
/// </summary>
internal static class ControlApi
{
    public const string Prefix = "/_simulator";

    public static void Map(IEndpointRouteBuilder routes, SimulatedCloud cloud)
    {
        var control = routes.MapGroup(Prefix);
        control.AddEndpointFilter(RefuseAsync);
        ProjectControl.Map(control, cloud);
        JobControl.Map(control, cloud);
        ListingControl.Map(control, cloud);
        CredentialControl.Map(control, cloud);
        FaultControl.Map(control, cloud);
        RequestControl.Map(control, cloud);
        control.MapPost("/reset", () => Reset(cloud));
    }

    /// <exception cref="JsonException">The body is not of that shape.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request)
        => await JsonSerializer.DeserializeAsync<T>(request.Body, Json.Options, request.HttpContext.RequestAborted)
            ?? throw new JsonException("The body is null.");

    public static IResult Show<T>(T value, int status = StatusCodes.Status200OK)
        => Results.Json(value, Json.Options, Json.ContentType, status);

    public static SimulatedProject Project(SimulatedCloud cloud, string id)
        => cloud.Find(id) ?? throw new ApiException(ApiError.UnknownProject(id));

    private static IResult Reset(SimulatedCloud cloud)
    {
        cloud.Reset();
        return Results.NoContent();
    }

    private static async ValueTask<object?> RefuseAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ApiException refused)
        {
            return Show(new { ErrorCode = refused.Error.Code, ErrorMsg = refused.Error.Message }, refused.Error.Status);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            return Show(new { ErrorCode = "Simulator.400", ErrorMsg = fault.Message }, StatusCodes.Status400BadRequest);
        }
    }
}
