using JobWatcher.Simulator.Answers;
using JobWatcher.Simulator.Faults;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Authentication;

/// <summary>Finds out who calls, by token or by signature.</summary>
internal sealed class Authenticator(SimulatedCloud cloud)
{
    /// <returns>The caller; null where authentication is not checked.</returns>
    /// <exception cref="ApiException">
    /// 401: the caller did not prove who it is; 403: with a token for another project.
    /// </exception>
    public SimulatedAccount? Authenticate(
        HttpContext context, ReadOnlyMemory<byte> body = default, string? projectId = null)
    {
        if (!cloud.ChecksAuthentication)
        {
            return null;
        }

        var fault = Fault.Of(context);
        var now = fault.Skewed(cloud.Clock.GetUtcNow());
        var result = context.Request.Headers["X-Auth-Token"].ToString() is { Length: > 0 } token
            ? VerifyToken(token, projectId, fault, now)
            : VerifySignature(SignedRequest.From(context, body), projectId, fault, now);
        return result.Account ?? throw new ApiException(ApiError.Unauthorized(result.Reason!));
    }

    private AuthenticationResult VerifyToken(string token, string? projectId, Fault fault, DateTimeOffset now)
    {
        if (cloud.Credentials.FindToken(token) is not { } issued)
        {
            return AuthenticationResult.Refused("decrypt token fail");
        }

        if (fault.ExpiredTokens == true || issued.Expires <= now)
        {
            return AuthenticationResult.Refused("token expires");
        }

        return projectId is null || (issued.ProjectId ?? projectId) == projectId
            ? AuthenticationResult.Accepted(issued.Account)
            : throw new ApiException(ApiError.OtherProject(issued.ProjectId!));
    }

    private AuthenticationResult VerifySignature(
        SignedRequest request, string? projectId, Fault fault, DateTimeOffset now)
    {
        if (request.Header("Authorization") is null)
        {
            return AuthenticationResult.Refused("x-auth-token not found");
        }

        // Goes with every signed call of a project; a call without one is no call of the vendor's scheme.
        if (projectId is not null && request.Header("X-Project-Id") != projectId)
        {
            return AuthenticationResult.Refused("the header X-Project-Id does not name the project of the path");
        }

        return fault.ExpiredTokens == true && request.Header("X-Security-Token") is not null
            ? AuthenticationResult.Refused("the security token has expired")
            : SignatureVerifier.Verify(request, cloud.Credentials, now);
    }
}
