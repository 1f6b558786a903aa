using JobWatcher.HuaweiCloud.ImmediateJobs.Parsing;

namespace JobWatcher.HuaweiCloud.ImmediateJobs.Paging;

/// <summary>
/// One pass over the list, from its first page to its end. Knows which page comes next, and whether what it saw adds up.
/// </summary>
internal sealed class Reading
{
    /// <summary>200,000 jobs: far more than a month has, and an end for a server that has none.</summary>
    private const int MaxPages = 4_000;

    private const int MaxItems = 250_000;

    /// <summary>128 MiB of text: what <see cref="MaxItems"/> ordinary jobs hold takes less, and long reasons would take gigabytes.</summary>
    private const int MaxCharacters = 64 * 1024 * 1024;

    // Pages that mostly repeat come from a wrong guess at the offset, which would creep on by a job a request.
    private const int MaxPoorPages = 4;

    // A new job can take some seconds to appear in the list.
    private static readonly TimeSpan AppearsWithin = TimeSpan.FromMinutes(1);

    private readonly ItemBook _before;
    private readonly bool _createdTimeTells;
    private readonly int _pageSize;
    private readonly Dictionary<string, FirstSight> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<UInt128> _contents = [];
    private DateTimeOffset? _startedAt;
    private bool _askedForZero;
    private bool _mayHoldNewJobs;
    private int _poorPages;
    private int _withoutId;
    private long _characters;

    /// <summary>Begins a pass.</summary>
    /// <param name="habit">How the server pages, as far as that is known.</param>
    /// <param name="before">What earlier passes of this listing saw; must not change meanwhile.</param>
    /// <param name="endTime">The window's end on all pages.</param>
    /// <param name="createdTimeTells">Whether a job can only enter this list by being created.</param>
    /// <param name="pageSize">The <c>limit</c> asked for.</param>
    public Reading(PagingHabit habit, ItemBook before, DateTimeOffset? endTime, bool createdTimeTells, int pageSize)
    {
        (_before, EndTime, _createdTimeTells, _pageSize) = (before, endTime, createdTimeTells, pageSize);
        Meaning = habit.Meaning;
        HidesFirst = habit.HidesFirst;
        _askedForZero = habit.HidesFirst;
        NextOffset = habit.HidesFirst ? 0 : null;
    }

    public DateTimeOffset? EndTime { get; }

    public OffsetMeaning? Meaning { get; private set; }

    public bool HidesFirst { get; private set; }

    public int? NextOffset { get; private set; }

    public bool IsOver { get; private set; }

    public int Pages { get; private set; }

    /// <summary>How many distinct items this pass saw.</summary>
    public int Count { get; private set; }

    /// <summary>The last page's <c>total_count</c>.</summary>
    public int? Total { get; private set; }

    /// <summary>The smallest <c>total_count</c> of its pages.</summary>
    public int? SmallestTotal { get; private set; }

    /// <summary>Whether all pages told the same <c>total_count</c>.</summary>
    public bool IsSteady { get; private set; } = true;

    /// <summary>Whether it was given up because the list has no end, or more text than there is memory for.</summary>
    public bool IsBeyondBound => Pages >= MaxPages || Count >= MaxItems || _characters >= MaxCharacters;

    public IEnumerable<string> Ids => _ids.Keys;

    public int WithoutId => _withoutId;

    /// <summary>
    /// Whether this is the whole list as it was when the first page was answered: none of the items can have come later,
    /// and they are as many as there were. Counting alone would not do: a job that is removed behind the reader and one that
    /// comes before him leave the count as it was, while a third slips from a page to come to one that is read.
    /// </summary>
    public bool AddsUp => CountsUp && !_mayHoldNewJobs;

    /// <summary>Whether it saw as many items as there are, whenever they came.</summary>
    public bool CountsUp => Total == Count && IsSteady;

    public bool HasId(string id) => _ids.ContainsKey(id);

    public void Add(ListingPage page)
    {
        var countBefore = Count;
        Pages++;
        TakeTotal(page);
        var known = 0;
        foreach (var item in page.Items)
        {
            known += Take(item) ? 1 : 0;
            _characters += item.Characters;
        }

        Continue(page.Items.Count, known, Count - countBefore);
    }

    /// <summary>The server refuses the page asked for: nothing more is to be had there.</summary>
    public void EndEarly() => End();

    private void TakeTotal(ListingPage page)
    {
        if (Pages == 1)
        {
            _startedAt = page.CloudTime;
            (Total, SmallestTotal) = (page.TotalCount, page.TotalCount);
            return;
        }

        IsSteady &= Total == page.TotalCount;
        Total = page.TotalCount;
        SmallestTotal = page.TotalCount < SmallestTotal ? page.TotalCount : SmallestTotal;
    }

    // True when this pass has seen the item on an earlier page.
    private bool Take(ListedItem item)
    {
        var isNewContent = _contents.Add(item.ContentHash);
        if (item.JobId is not { } id)
        {
            _withoutId += isNewContent ? 1 : 0;
            Count += isNewContent ? 1 : 0;
            _mayHoldNewJobs |= isNewContent && Pages > 1 && !_before.HasContent(item.ContentHash);
            return !isNewContent;
        }

        if (!_ids.TryGetValue(id, out var first))
        {
            _ids.Add(id, new FirstSight(Pages, item.ContentHash));
            Count++;
            _mayHoldNewJobs |= Pages > 1 && !WasThereBefore(id, item.Job);
            return false;
        }

        // An id listed twice counts twice where the server holds it twice: on one page, or on two in each of two passes. A
        // copy that differs on a later page may as well be the one job, which went on while the list was read.
        var isHeldTwice = first.Page == Pages || (_before.HasContent(item.ContentHash) && _before.HasContent(first.Content));
        Count += isNewContent && isHeldTwice ? 1 : 0;
        return first.Page != Pages;
    }

    private bool WasThereBefore(string id, ImmediateJob? job) =>
        _before.HasId(id) || (_createdTimeTells && job?.CreatedTime < _startedAt - AppearsWithin);

    private void Continue(int items, int known, int news)
    {
        var wasLastResort = _askedForZero && Pages > 1 && NextOffset == 0;
        _poorPages = 2 * news < items ? _poorPages + 1 : 0;
        LearnFrom(items, known);
        if (wasLastResort)
        {
            HidesFirst = news > 0;
            IsOver = true;
        }
        else if (Count >= Total || IsBeyondBound)
        {
            IsOver = true;
        }
        else if (IsEnd(items, news))
        {
            End();
        }
        else
        {
            NextOffset = Following(items);
        }
    }

    // A short page ends nothing while total_count says that there is more: some servers cap pages below the limit.
    private bool IsEnd(int items, int news) =>
        (Total is null && items < _pageSize) || (Pages > 1 && news == 0) || _poorPages > MaxPoorPages;

    // At offset=2 a server that counts pages shows other jobs; one that counts records repeats the first page but for a job
    // or two. A habit of counting pages asks the same question, so it is checked on the way.
    private void LearnFrom(int items, int known)
    {
        if (Meaning is not OffsetMeaning.RecordOffset && Pages == 2 && NextOffset == 2 && items > 0)
        {
            Meaning = 2 * known >= items ? OffsetMeaning.RecordOffset : OffsetMeaning.PageNumber;
        }
    }

    // With records, the first page may have begun at 0 or at 1; to go on by its length repeats a job at worst, and leaves
    // out none.
    private int Following(int items) => Meaning switch
    {
        OffsetMeaning.RecordOffset => (int)Math.Min((NextOffset ?? 0L) + items, int.MaxValue),
        OffsetMeaning.PageNumber => Math.Max(NextOffset ?? 1, 1) + 1,
        _ => 2,
    };

    // A server may hide its first jobs behind the default offset of 1, so before the list counts as short, 0 is tried.
    private void End()
    {
        if (_askedForZero || Total is null || Count >= Total)
        {
            IsOver = true;
            return;
        }

        _askedForZero = true;
        NextOffset = 0;
    }

    private readonly record struct FirstSight(int Page, UInt128 Content);
}
