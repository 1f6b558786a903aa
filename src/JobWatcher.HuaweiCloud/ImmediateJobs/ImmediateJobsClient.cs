using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.HuaweiCloud.Http;
using JobWatcher.HuaweiCloud.ImmediateJobs.Paging;
using JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

namespace JobWatcher.HuaweiCloud.ImmediateJobs;

/// <summary>
/// Lists the immediate jobs of one project over HTTP. Make one for each target and keep it: it remembers how its
/// endpoint pages.
/// </summary>
public sealed class ImmediateJobsClient : IImmediateJobsClient
{
    /// <summary>The API's name of the operation that lists, in <see cref="ApiCall.Operation"/>.</summary>
    public const string Operation = "ListImmediateJobs";

    // The most that the API allows; anything but 10, 20 and 50 is a 400.
    /// <summary>How many jobs a page holds at most.</summary>
    public const int PageSize = 50;

    private readonly ApiConnection _connection;
    private readonly string _address;
    private readonly FullListingTurn? _turns;
    private readonly PollClock _clock;
    private volatile PagingHabit _habit = PagingHabit.Unknown;

    /// <summary>Creates a client.</summary>
    /// <param name="http">Sends the requests; its own timeout must be longer than that of the options.</param>
    /// <param name="options">Which project to list.</param>
    /// <param name="credentials">Whom to be.</param>
    /// <param name="time">The time of signatures and timeouts.</param>
    /// <exception cref="ArgumentException">The endpoint is not an absolute http or https address, or has a query or user.</exception>
    public ImmediateJobsClient(
        HttpClient http, ImmediateJobsClientOptions options, ICredentialSource credentials, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _connection = new ApiConnection(http, options, credentials, time);
        _address = AddressOf(options);
        _turns = options.Limits?.FullListings;
        _clock = options.Clock ?? new PollClock(time);
    }

    /// <inheritdoc/>
    public async Task<Listing> ListAsync(ListingQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var assembly = new ListingAssembly(query, _habit, PageSize);
        IDisposable? turn = null;
        try
        {
            while (assembly.Next is { } request)
            {
                // Only the first page tells whether more will follow, and a server that never answers must not hold the turn.
                turn ??= assembly.HasBegun && query.StartTime is null ? await TakeTurnAsync(cancellationToken) : null;
                await ReadPageAsync(assembly, query, request, cancellationToken);
            }
        }
        finally
        {
            turn?.Dispose();
        }

        _habit = assembly.Habit;
        return assembly.ToListing();
    }

    /// <inheritdoc/>
    public async Task<LookUp> FindAsync(string jobId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobId);
        int? offset = _habit.HidesFirst ? 0 : null;
        try
        {
            var page = await FetchAsync(Parameters(jobId, offset), cancellationToken);
            if (page.Items.Count == 0 && page.TotalCount != 0 && offset is null)
            {
                // Empty, yet not counted as such: the job may be the one that the default offset hides.
                offset = 0;
                page = await FetchAsync(Parameters(jobId, offset), cancellationToken);
            }

            return JobLookUp.Conclude(jobId, page);
        }
        catch (CloudException exception)
        {
            return JobLookUp.Conclude(jobId, exception, idAlone: offset is null);
        }
    }

    private async Task ReadPageAsync(
        ListingAssembly assembly, ListingQuery query, PageRequest request, CancellationToken cancellationToken)
    {
        try
        {
            assembly.Add(await FetchAsync(Parameters(query, request), cancellationToken));
        }
        catch (CloudException exception) when (exception is { HttpStatus: 400, WasNotSent: false } && assembly.MayBeRefused)
        {
            assembly.Refuse();
        }
    }

    private async ValueTask<IDisposable?> TakeTurnAsync(CancellationToken cancellationToken) =>
        _turns is null ? null : await _turns.TakeAsync(_clock, cancellationToken);

    private static QueryString Parameters(ListingQuery query, PageRequest request) => new QueryString()
        .Add("status", query.Status?.Value)
        .Add("job_name", query.JobName)
        .Add("start_time", query.StartTime)
        .Add("end_time", request.EndTime)
        .Add("offset", request.Offset)
        .Add("limit", PageSize);

    private static QueryString Parameters(string jobId, int? offset) => new QueryString()
        .Add("job_id", jobId)
        .Add("offset", offset);

    private Task<ListingPage> FetchAsync(QueryString query, CancellationToken cancellationToken) =>
        _connection.GetAsync(
            Operation,
            new Uri(_address + query),
            (body, headers) => ListingPageReader.Read(body, ServerDate.Of(headers)),
            cancellationToken);

    private static string AddressOf(ImmediateJobsClientOptions options)
    {
        var endpoint = options.Endpoint;
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https")
            || endpoint.Query.Length + endpoint.Fragment.Length + endpoint.UserInfo.Length > 0)
        {
            throw new ArgumentException(
                $"Endpoint must be an absolute http or https address without user, query and fragment, not '{endpoint}'.",
                nameof(options));
        }

        return $"{endpoint.AbsoluteUri.TrimEnd('/')}/v3/{Uri.EscapeDataString(options.ProjectId)}/immediate-jobs";
    }
}
