namespace JobWatcher.HuaweiCloud.Budget;

/// <summary>
/// The tokens of a budget. A tenth of the rate may be taken at once, and the rest comes back evenly: so no period of its
/// length, wherever it begins, sees more requests than the rate allows. Thread safe. (The token bucket of
/// <c>System.Threading.RateLimiting</c> has no <see cref="TimeProvider"/>, and no rate that a server tells.)
/// </summary>
internal sealed class TokenBucket(RequestRate? configured, TimeProvider time)
{
    // A header must not stop the watching for longer than this.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ShortestHold = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestHold = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private RequestRate? _configured = configured;
    private RequestRate? _told;
    private RequestRate? _lastTold;
    private TimeSpan _hold;
    private long? _heldSince;
    private TimeSpan _backoff;
    private long _refusedAt;
    private long _pausedAt;
    private TimeSpan _pause;
    private TimeSpan _heldBack;
    private double _tokens = configured is { } rate ? Capacity(rate) : 0;
    private long _filledAt = time.GetTimestamp();

    /// <summary>The rate that holds now; null for none.</summary>
    public RequestRate? Rate
    {
        get
        {
            lock (_lock)
            {
                Fill();
                return _told ?? _configured;
            }
        }
    }

    /// <summary>From 1 for full to 0 for empty or paused.</summary>
    public double RemainingRatio
    {
        get
        {
            lock (_lock)
            {
                Fill();
                return PauseLeft() > TimeSpan.Zero ? 0 : (_told ?? _configured) is { } rate ? _tokens / Capacity(rate) : 1;
            }
        }
    }

    /// <summary>For how long refusals have paused it since it was made, up to now.</summary>
    public TimeSpan HeldBack
    {
        get
        {
            lock (_lock)
            {
                return _heldBack + PauseLasted();
            }
        }
    }

    /// <summary>How many tokens a full bucket of a rate holds.</summary>
    public static int Capacity(RequestRate rate) => Math.Max(1, rate.Requests / 10);

    /// <summary>Changes the configured rate. The tokens that are there stay, as far as a full bucket holds them.</summary>
    public void Configure(RequestRate rate)
    {
        lock (_lock)
        {
            Fill();
            _configured = rate;
            _told = rate.Spacing >= _told?.Spacing ? null : _told;
            _tokens = Math.Min(_tokens, Capacity(_told ?? rate));
        }
    }

    /// <summary>Waits until a token seems to be there; another taker or a 429 may be quicker.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        while (TimeToToken() is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Takes a token, if there is one.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            if (TimeToToken() > TimeSpan.Zero)
            {
                return false;
            }

            _tokens -= _told is null && _configured is null ? 0 : 1;
            _heldSince ??= time.GetTimestamp();
            return true;
        }
    }

    /// <summary>
    /// The server refused a request: the bucket is emptied and paused for as long as the server told. A limit that it told
    /// becomes the rate, unless the configured one is slower. It holds until requests were sent at it for a whole period, at
    /// least a minute, without another refusal; told again after that, it holds twice as long as before, up to a day.
    /// </summary>
    /// <remarks>
    /// While a server that tells its limit goes on refusing, its period is used up: pauses double, up to a quarter of it.
    /// </remarks>
    public void Refused(RequestRate? told, TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            Fill();
            _tokens = 0;
            // The next token comes no sooner, and until then it is the refusal that holds requests back.
            var emptied = (_told ?? _configured)?.Spacing ?? TimeSpan.Zero;
            var wait = Longer(told is { } limit ? BackoffAt(limit) : emptied, retryAfter);
            if (wait > PauseLeft())
            {
                _heldBack += PauseLasted();
                (_pausedAt, _pause) = (time.GetTimestamp(), Shorter(wait, LongestPause));
            }

            if (told is { } rate && !(_configured?.Spacing >= rate.Spacing))
            {
                _hold = _told == told ? _hold : HoldOf(rate);
                (_told, _lastTold) = (told, told);
            }

            _heldSince = null;
        }
    }

    // Requests that were in flight together are refused together: that is one refusal.
    private TimeSpan BackoffAt(RequestRate rate)
    {
        if (PauseLeft() == TimeSpan.Zero)
        {
            var goesOn = _backoff > TimeSpan.Zero && time.GetElapsedTime(_refusedAt) < 3 * _backoff;
            _backoff = goesOn ? Shorter(2 * _backoff, Longer(rate.Per / 4, rate.Spacing)) : rate.Spacing;
            _refusedAt = time.GetTimestamp();
        }

        return _backoff;
    }

    private TimeSpan HoldOf(RequestRate rate) =>
        Shorter(_lastTold == rate ? 2 * _hold : Longer(rate.Per, ShortestHold), LongestHold);

    private TimeSpan TimeToToken()
    {
        lock (_lock)
        {
            Fill();
            var paused = PauseLeft();
            if (paused > TimeSpan.Zero || (_told ?? _configured) is not { } rate || _tokens >= 1)
            {
                return paused;
            }

            // Rounded up to the timer's resolution, so that the token is there when the wait is over.
            return TimeSpan.FromMilliseconds(Math.Ceiling((1 - _tokens) / PerSecond(rate) * 1000) + 1);
        }
    }

    private TimeSpan PauseLeft()
    {
        var left = _pause - time.GetElapsedTime(_pausedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private TimeSpan PauseLasted() => Shorter(time.GetElapsedTime(_pausedAt), _pause);

    private void Fill()
    {
        if ((_told ?? _configured) is { } rate)
        {
            _tokens = Math.Min(Capacity(rate), _tokens + (time.GetElapsedTime(_filledAt).TotalSeconds * PerSecond(rate)));
        }

        _filledAt = time.GetTimestamp();
        if (_told is not null && _heldSince is { } since && time.GetElapsedTime(since) >= _hold)
        {
            _told = null;
        }
    }

    private static double PerSecond(RequestRate rate) =>
        Math.Max(1, rate.Requests - Capacity(rate)) / rate.Per.TotalSeconds;

    private static TimeSpan Longer(TimeSpan one, TimeSpan? other) => other is { } wait && wait > one ? wait : one;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
