using System.Text.Json;
using JobWatcher.Simulator.Answers;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Jobs;
using JobWatcher.Simulator.Requests;

namespace JobWatcher.Simulator.Metadata;

/// <summary><c>GET /openstack/latest/securitykey</c>: the temporary key of the server's agency.</summary>
internal sealed class SecurityKeyEndpoint(SimulatedCloud cloud)
{
    public void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/openstack/latest/securitykey", HandleAsync)
            .WithMetadata(new OperationMetadata(ApiOperation.GetSecurityKey));

    private Task HandleAsync(HttpContext context)
    {
        var fault = Fault.Of(context);
        var token = context.Request.Headers["X-Metadata-Token"].ToString();
        var isExpired = fault.ExpiredTokens == true && token.Length > 0;
        if (isExpired || !cloud.Metadata.Admits(token, fault.Skewed(cloud.Clock.GetUtcNow())))
        {
            throw new ApiException(ApiError.WithoutCode(401, "A valid X-Metadata-Token is needed."));
        }

        var key = cloud.Credentials.CurrentTemporaryKey();
        return Answer.SendAsync(context, StatusCodes.Status200OK, Body(key));
    }

    private static byte[] Body(Authentication.TemporaryKey key) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            Credential = new
            {
                Access = key.AccessKey,
                Secret = key.SecretKey,
                Securitytoken = key.SecurityToken,
                ExpiresAt = Instant.Format(key.Expires),
            },
        },
        Json.Options);
}
