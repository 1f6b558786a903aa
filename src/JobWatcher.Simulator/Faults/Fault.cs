using System.Text.Json.Serialization;

namespace JobWatcher.Simulator.Faults;

/// <summary>
/// What goes wrong, for whom and how often. All effects of a fault, and of several faults in force at once, act
/// together; where they contradict, the later fault wins. Durations run on the cloud's clock.
/// </summary>
public sealed partial record Fault
{
    /// <summary>Only requests of this project; null: all.</summary>
    public string? Project { get; init; }

    /// <summary>Only this operation; null: all, unknown paths included.</summary>
    public Requests.ApiOperation? Operation { get; init; }

    /// <summary>So many matching requests pass unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>So many matching requests are hit; null: all until the fault is cleared.</summary>
    public int? Count { get; init; }

    /// <summary>Wait before anything else.</summary>
    [JsonPropertyName("latency_seconds")]
    public TimeSpan? Latency { get; init; }

    /// <summary>Accept the request and say nothing until the caller gives up.</summary>
    public bool? NeverAnswers { get; init; }

    /// <summary>Reset the connection instead of answering.</summary>
    public bool? ResetsConnection { get; init; }

    /// <summary>Answer with this status and an error body, or with <see cref="Body"/>.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// The <c>error_code</c> with <see cref="Status"/>; null: the usual one, or none where IAM or the metadata service
    /// answers, whose errors have no code and another notation.
    /// </summary>
    public string? ErrorCode { get; init; }

    /// <summary>The <c>error_msg</c> with <see cref="Status"/>; null: the usual one.</summary>
    public string? ErrorMsg { get; init; }

    /// <summary>Adds the header <c>Retry-After</c>.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Answer with this text as it stands, with 200 unless <see cref="Status"/> says otherwise.</summary>
    public string? Body { get; init; }

    /// <summary>As <see cref="Body"/>, for what is no text; base64 in JSON.</summary>
    public ReadOnlyMemory<byte>? BodyBytes { get; init; }

    /// <summary>The type of <see cref="Body"/>; null: JSON.</summary>
    public string? ContentType { get; init; }

    /// <summary>Close the connection after so many bytes of a body that was announced longer.</summary>
    public int? TruncateAfterBytes { get; init; }

    /// <summary>Send so many bytes of the body at a time, <see cref="DripInterval"/> apart.</summary>
    public int? DripBytes { get; init; }

    /// <summary>The pause between drips. Default: a second.</summary>
    [JsonPropertyName("drip_interval_seconds")]
    public TimeSpan? DripInterval { get; init; }

    /// <summary>So many malformed items head the list, and are counted in <c>total_count</c>.</summary>
    public int? MalformedJobs { get; init; }

    /// <summary>After each page that is served, so many new jobs appear.</summary>
    public int? InsertAfterPage { get; init; }

    /// <summary>After each page that is served, so many of the newest matching jobs disappear.</summary>
    public int? RemoveAfterPage { get; init; }

    /// <summary>Added to the true <c>total_count</c>.</summary>
    public int? TotalCountOffset { get; init; }

    /// <summary>Pages have so many jobs, whatever <c>limit</c> says.</summary>
    public int? PageSize { get; init; }

    /// <summary>The list never ends: what is missing to a full page is made up, new each time.</summary>
    public bool? Endless { get; init; }

    /// <summary>The list shows what was true so long ago.</summary>
    [JsonPropertyName("lag_seconds")]
    public TimeSpan? Lag { get; init; }

    /// <summary>Added to the header <c>Date</c>.</summary>
    [JsonPropertyName("date_offset_seconds")]
    public TimeSpan? DateOffset { get; init; }

    /// <summary>Added to the clock that signatures and expiry are checked with.</summary>
    [JsonPropertyName("clock_skew_seconds")]
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>Tokens, security tokens and metadata tokens count as expired.</summary>
    public bool? ExpiredTokens { get; init; }

    /// <summary><c>start_time</c> and <c>end_time</c> select nothing.</summary>
    public bool? IgnoresWindow { get; init; }

    /// <summary><c>job_id</c> selects nothing.</summary>
    public bool? IgnoresJobId { get; init; }
}
