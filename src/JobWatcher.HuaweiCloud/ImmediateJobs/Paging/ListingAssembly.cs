using JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

namespace JobWatcher.HuaweiCloud.ImmediateJobs.Paging;

/// <summary>
/// Puts a listing together from pages, without sending anything: says which page to ask for, takes it, and in the end
/// has a listing that is complete or says that it is not. Ends on any server.
/// </summary>
/// <remarks>
/// A reading that does not add up is done again with its window frozen by <c>end_time</c>, so that jobs which come meanwhile
/// do not shift the pages. What that parameter selects on is not documented; so a frozen reading that is smaller than the
/// list was before counts for nothing, and the next one is done without.
/// </remarks>
internal sealed class ListingAssembly
{
    private const int MaxReadings = 3;

    private readonly ListingQuery _query;
    private readonly int _pageSize;
    private readonly ItemBook _book = new();
    private readonly List<ListedItem> _unbooked = [];
    private PagingHabit _habit;
    private Reading _reading;
    private Reading? _last;
    private DateTimeOffset? _frozenEnd;
    private bool _mayFreeze = true;
    private int? _smallestTotal;
    private int _readings = 1;
    private int _pages;
    private DateTimeOffset? _cloudTime;
    private DateTimeOffset? _latestCloudTime;

    public ListingAssembly(ListingQuery query, PagingHabit habit, int pageSize)
    {
        (_query, _habit, _pageSize) = (query, habit, pageSize);
        _reading = Begin(query.EndTime);
    }

    /// <summary>The page to ask for; null when the listing is finished.</summary>
    public PageRequest? Next => IsFinished ? null : new PageRequest(_reading.NextOffset, _reading.EndTime);

    /// <summary>Whether a page was taken.</summary>
    public bool HasBegun => _pages > 0;

    /// <summary>Whether the server may refuse the page asked for with a 400 and the listing goes on nevertheless.</summary>
    public bool MayBeRefused => Next is { } next && (next.Offset is not null || IsFrozen);

    /// <summary>What this listing taught about the server.</summary>
    public PagingHabit Habit => _habit;

    private bool IsFinished { get; set; }

    private bool IsFrozen => _reading.EndTime != _query.EndTime;

    /// <summary>Takes the page asked for.</summary>
    public void Add(ListingPage page)
    {
        _pages++;
        _frozenEnd ??= EndOf(page.CloudTime);
        _cloudTime = page.CloudTime < (_cloudTime ?? DateTimeOffset.MaxValue) ? page.CloudTime : _cloudTime;
        _latestCloudTime = page.CloudTime > (_latestCloudTime ?? DateTimeOffset.MinValue) ? page.CloudTime : _latestCloudTime;
        _reading.Add(page);
        _unbooked.AddRange(page.Items);
        var isLastTry = _readings == MaxReadings;
        if (IsFrozen && _reading.SmallestTotal < _smallestTotal)
        {
            _mayFreeze = false;
            Conclude();
        }
        else if (_reading.IsOver || (!_reading.IsSteady && !isLastTry))
        {
            Conclude();
        }
    }

    /// <summary>Takes the server's refusal of the page asked for.</summary>
    public void Refuse()
    {
        var isFirstPage = _reading.Pages == 0;
        if (!isFirstPage)
        {
            _reading.EndEarly();
            if (_reading.IsOver)
            {
                Conclude();
            }
        }
        else
        {
            _mayFreeze &= !IsFrozen;
            _habit = PagingHabit.Unknown;
            _reading = Begin(_query.EndTime);
        }
    }

    /// <summary>The listing, once <see cref="Next"/> is null.</summary>
    public Listing ToListing()
    {
        var isComplete = IsWhole(_reading);
        // Beyond a frozen window are jobs that came after the listing began: seen once, they are told.
        var seenElsewhere = isComplete && !IsFrozen ? [] : _book.Ids.Where(id => !_reading.HasId(id));
        return new Listing
        {
            Jobs = [.. _reading.Ids.Concat(seenElsewhere).Select(_book.Job).OfType<ImmediateJob>()],
            IsComplete = isComplete,
            TotalCount = _reading.Total ?? 0,
            Listed = isComplete ? _reading.Count : _book.Count,
            Malformed = isComplete ? _reading.WithoutId + _reading.Ids.Count(id => _book.Job(id) is null) : _book.Malformed,
            Pages = _pages,
            CloudTime = _cloudTime,
            LatestCloudTime = _latestCloudTime,
        };
    }

    private void Conclude()
    {
        var countBefore = _book.Count;
        _unbooked.ForEach(_book.Add);
        _unbooked.Clear();
        if (!IsFrozen)
        {
            _smallestTotal = _reading.SmallestTotal;
        }

        if (IsWhole(_reading))
        {
            _habit = Learned();
            IsFinished = true;
        }
        else if (_readings == MaxReadings || IsServersOwnShortfall(_book.Count - countBefore))
        {
            _habit = PagingHabit.Unknown with { Shortfall = Shortfall(_reading) };
            IsFinished = true;
        }
        else
        {
            _readings++;
            _last = _reading;
            _habit = _reading.CountsUp ? Learned() : PagingHabit.Unknown;
            _reading = Begin(_mayFreeze ? _frozenEnd ?? _query.EndTime : _query.EndTime);
        }
    }

    private PagingHabit Learned() => new(_reading.Meaning, _reading.HidesFirst);

    private bool IsWhole(Reading reading) => reading.AddsUp && !(IsFrozen && reading.Total < _smallestTotal);

    // To read again helps against a list that moves, not against one that stands still and never adds up.
    private bool IsServersOwnShortfall(int news) =>
        _reading.Total is null
        || _reading.IsBeyondBound
        || (_reading.IsOver && Shortfall(_reading) is { } shortfall
            && (shortfall == _habit.Shortfall || (_last is not null && news == 0 && shortfall == Shortfall(_last))));

    private static int? Shortfall(Reading reading) =>
        reading.IsSteady && reading.Total != reading.Count ? reading.Total - reading.Count : null;

    private Reading Begin(DateTimeOffset? endTime) =>
        new(_habit, _book, endTime, createdTimeTells: _query.Status is null, _pageSize);

    // The Date header is cut to the second, so the second after it holds all that was there.
    private DateTimeOffset? EndOf(DateTimeOffset? cloudTime) =>
        cloudTime?.AddSeconds(1) is { } end && !(end > _query.EndTime) ? end : _query.EndTime;
}
