using System.Globalization;

namespace JobWatcher.Simulator.Answers;

/// <summary>An answer that says no, in the notation of whoever says it: see <see cref="ErrorBody"/>.</summary>
internal sealed record ApiError(int Status, string Code, string Message)
{
    /// <summary>An error of a service whose notation has no codes: IAM and metadata.</summary>
    public static ApiError WithoutCode(int status, string message) => new(status, "", message);

    public static ApiError BadRequest(string message) => new(400, "DBS.280001", "Parameter error. " + message);

    public static ApiError Unauthorized(string reason)
        => new(401, "APIGW.0301", "Incorrect IAM authentication information: " + reason);

    public static ApiError Forbidden(string permission)
        => new(403, "APIGW.0302", $"Policy doesn't allow {permission} to be performed.");

    public static ApiError OtherProject(string id)
        => new(403, "APIGW.0302", $"The token is for the project {id} and not for that of the path.");

    public static ApiError UnknownProject(string id) => new(404, "DBS.280404", $"The project {id} does not exist.");

    public static ApiError NoSuchApi { get; } =
        new(404, "APIGW.0101", "The API does not exist or has not been published in the environment");

    /// <summary>What a gateway says for a status that a fault asks for.</summary>
    public static ApiError ForStatus(int status) => status switch
    {
        400 => BadRequest("The request was refused."),
        401 => Unauthorized("verify aksk signature fail"),
        403 => Forbidden(Permissions.ListJobs),
        404 => NoSuchApi,
        429 => new(429, "APIGW.0308", "The throttling threshold has been reached: "
            + "policy user over ratelimit,limit:200,time:5 minute"),
        500 => new(500, "APIGW.0601", "Internal server error"),
        502 => new(502, "APIGW.0202", "Backend unavailable"),
        503 => new(503, "APIGW.0603", "Service unavailable"),
        504 => new(504, "APIGW.0201", "Backend timeout"),
        _ => new(status, string.Create(CultureInfo.InvariantCulture, $"APIGW.0{status}"), "The request failed"),
    };
}
