using Microsoft.AspNetCore.Http.Features;

namespace JobWatcher.Simulator.Authentication;

/// <summary>The parts of a request that a signature covers.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="Target">Path and query as they travelled.</param>
/// <param name="Headers">By name, in any case.</param>
/// <param name="Body">Empty for a GET.</param>
internal sealed record SignedRequest(
    string Method,
    string Target,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body)
{
    public static SignedRequest From(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        var headers = request.Headers.ToDictionary(
            header => header.Key,
            header => header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase);
        return new SignedRequest(request.Method, request.RawTarget, headers, body);
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
