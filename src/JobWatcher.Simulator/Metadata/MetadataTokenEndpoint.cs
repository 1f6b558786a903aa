using System.Globalization;
using System.Text;
using JobWatcher.Simulator.Answers;
using JobWatcher.Simulator.Jobs;
using JobWatcher.Simulator.Requests;

namespace JobWatcher.Simulator.Metadata;

/// <summary><c>PUT /meta-data/latest/api/token</c>: a token that proves to ask from within the server.</summary>
internal sealed class MetadataTokenEndpoint(SimulatedCloud cloud)
{
    private const string LifetimeHeader = "X-Metadata-Token-Ttl-Seconds";
    private const int LongestSeconds = 21_600;

    public void Map(IEndpointRouteBuilder routes)
        => routes.MapPut("/meta-data/latest/api/token", HandleAsync)
            .WithMetadata(new OperationMetadata(ApiOperation.CreateMetadataToken));

    private Task HandleAsync(HttpContext context)
    {
        var sent = context.Request.Headers[LifetimeHeader].ToString();
        if (!int.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds is < 1 or > LongestSeconds)
        {
            throw new ApiException(ApiError.WithoutCode(
                400, $"{LifetimeHeader} is '{sent}', not a number from 1 to {LongestSeconds}."));
        }

        var token = cloud.Metadata.IssueToken(TimeSpan.FromSeconds(seconds));
        return Answer.SendAsync(
            context, StatusCodes.Status200OK, new Content(Encoding.ASCII.GetBytes(token), "text/plain"));
    }
}
