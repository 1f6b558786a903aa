using System.Text;
using System.Text.Json;
using JobWatcher.Simulator.Requests;
using Microsoft.AspNetCore.WebUtilities;

namespace JobWatcher.Simulator.Answers;

/// <summary>Writes an error as the service that was asked does; the gateway does where none is known.</summary>
internal static class ErrorBody
{
    public static Content Of(ApiError error, ApiOperation? operation) => operation switch
    {
        ApiOperation.CreateToken or ApiOperation.ListProjects => Of(new
        {
            Error = new { Code = error.Status, error.Message, Title = Phrase(error) },
        }),
        ApiOperation.CreateMetadataToken or ApiOperation.GetSecurityKey =>
            new(Encoding.UTF8.GetBytes($"{error.Status} {Phrase(error)}\n\n{error.Message}\n"), "text/plain"),
        _ => Of(new { ErrorCode = error.Code, ErrorMsg = error.Message }),
    };

    private static string Phrase(ApiError error) => ReasonPhrases.GetReasonPhrase(error.Status);

    private static Content Of<T>(T body)
        => new(JsonSerializer.SerializeToUtf8Bytes(body, Json.Options), Json.ContentType);
}
