using System.Globalization;
using JobWatcher.Simulator.Answers;
using JobWatcher.Simulator.Jobs;

namespace JobWatcher.Simulator.Listing;

/// <summary>The parameters of a listing, as the reference bounds them.</summary>
/// <param name="Filter">What is asked for.</param>
/// <param name="Offset">Null where it was left out, which the kinds of server read differently.</param>
/// <param name="Limit">10, 20 or 50.</param>
internal sealed record ListRequest(JobFilter Filter, int? Offset, int Limit)
{
    /// <exception cref="ApiException">400: a parameter is malformed or out of bounds.</exception>
    public static ListRequest Parse(IQueryCollection query)
    {
        var filter = new JobFilter(
            ReadStatus(Value(query, "status")),
            Value(query, "job_name"),
            Value(query, "job_id"),
            ReadTime(query, "start_time"),
            ReadTime(query, "end_time"));
        return new ListRequest(filter, ReadOffset(Value(query, "offset")), ReadLimit(Value(query, "limit")));
    }

    private static string? Value(IQueryCollection query, string name)
        => query[name].FirstOrDefault() is { Length: > 0 } value ? value : null;

    private static string? ReadStatus(string? value)
        => value is null || JobStatuses.All.Contains(value, StringComparer.Ordinal)
            ? value
            : throw Refused($"status is '{value}', not one of {string.Join(", ", JobStatuses.All)}.");

    private static DateTimeOffset? ReadTime(IQueryCollection query, string name)
        => Value(query, name) is not { } value
            ? null
            : CloudTime.Parse(value)
                ?? throw Refused($"{name} is '{value}', not a time like 2018-08-06T10:41:14+0000.");

    private static int? ReadOffset(string? value)
        => value is null
            ? null
            : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
                ? offset
                : throw Refused($"offset is '{value}', not a number from 0 on.");

    private static int ReadLimit(string? value) => value switch
    {
        null or "10" => 10,
        "20" => 20,
        "50" => 50,
        _ => throw Refused($"limit is '{value}', not 10, 20 or 50."),
    };

    private static ApiException Refused(string message) => new(ApiError.BadRequest(message));
}
