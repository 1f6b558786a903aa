namespace JobWatcher.Alerting.Receivers.Http;

/// <summary>What became of one request to a receiver.</summary>
internal sealed record ReceiverAnswer
{
    /// <summary>The status; null without an answer.</summary>
    public int? Status { get; init; }

    /// <summary>What went wrong, as a sentence without secrets; null where it was taken.</summary>
    public string? Error { get; init; }

    /// <summary>How long the receiver wants to be left alone; null where it says nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The receiver's own time; null where it tells none.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Whether it was taken: any 2xx.</summary>
    public bool IsAccepted => Status is >= 200 and < 300;
}
