namespace JobWatcher.EndToEndTests.Chaos.Truth;

/// <summary>One answer of the cloud to a listing request or a look-up, as the cloud itself knows it.</summary>
/// <param name="Time">When the request came in.</param>
/// <param name="Query">The request's query, with its question mark.</param>
/// <param name="AccessKey">Who asked: each process has a key of its own.</param>
/// <param name="Status">The answer's status; null where there was none.</param>
/// <param name="IsSent">Whether the answer was handed to the network to its end.</param>
/// <param name="Jobs">The jobs of its page; null where the answer was no page of the list.</param>
internal sealed record ServedAnswer(
    DateTimeOffset Time, string Query, string? AccessKey, int? Status, bool IsSent, IReadOnlyList<ShownJob>? Jobs)
{
    private const string IdFilter = "job_id=";

    /// <summary>Whether nothing went wrong on the cloud's side.</summary>
    public bool IsWhole => IsSent && Jobs is not null;

    /// <summary>The id that this look-up is about; null where it is a listing.</summary>
    public string? LookedUp => Parameters
        .Where(parameter => parameter.StartsWith(IdFilter, StringComparison.Ordinal))
        .Select(parameter => Uri.UnescapeDataString(parameter[IdFilter.Length..]))
        .FirstOrDefault();

    /// <summary>Whether this page may be the first of a pass over the list.</summary>
    public bool MayBeginReading => LookedUp is null &&
        Parameters.All(parameter => !parameter.StartsWith("offset=", StringComparison.Ordinal) || parameter == "offset=0");

    private string[] Parameters => Query.TrimStart('?').Split('&');
}

/// <summary>A job as an answer showed it.</summary>
internal sealed record ShownJob(string JobId, string Status);
