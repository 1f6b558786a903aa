namespace JobWatcher.Simulator.Faults;

/// <summary>The faults that tests put most.</summary>
public sealed partial record Fault
{
    /// <summary>A gateway's or proxy's page in place of an answer.</summary>
    public static Fault Html(int status = 200, int? count = null) => new()
    {
        Status = status,
        Body = "<!DOCTYPE html>\n<html><head><title>Proxy</title></head><body><h1>Sorry</h1></body></html>\n",
        ContentType = "text/html; charset=utf-8",
        Count = count,
    };

    /// <summary>An answer without a body.</summary>
    public static Fault Empty(int status = 200, int? count = null)
        => new() { Status = status, Body = "", Count = count };

    /// <summary>An error answer with the usual code and message of that status.</summary>
    public static Fault Error(int status, int? count = null) => new() { Status = status, Count = count };

    /// <summary>A body as it stands.</summary>
    public static Fault RawBody(string body, int? count = null) => new() { Body = body, Count = count };

    /// <summary>429 with the gateway's text, in which the limit can be read.</summary>
    /// <param name="limit">As in <c>policy user over ratelimit,limit:200,time:5 minute</c>.</param>
    /// <param name="retryAfterSeconds">The header <c>Retry-After</c>; null: none.</param>
    /// <param name="count">How many requests are hit; null: all.</param>
    public static Fault Throttled(string limit, int? retryAfterSeconds = null, int? count = null) => new()
    {
        Status = 429,
        ErrorCode = "APIGW.0308",
        ErrorMsg = "The throttling threshold has been reached: " + limit,
        RetryAfterSeconds = retryAfterSeconds,
        Count = count,
    };

    internal static Fault None { get; } = new();

    internal static Fault Of(HttpContext context) => context.Features.Get<Fault>() ?? None;

    internal DateTimeOffset Skewed(DateTimeOffset now) => now + ClockSkew.GetValueOrDefault();

    internal Fault Overlaid(Fault by) => new()
    {
        Latency = by.Latency ?? Latency,
        NeverAnswers = by.NeverAnswers ?? NeverAnswers,
        ResetsConnection = by.ResetsConnection ?? ResetsConnection,
        Status = by.Status ?? Status,
        ErrorCode = by.ErrorCode ?? ErrorCode,
        ErrorMsg = by.ErrorMsg ?? ErrorMsg,
        RetryAfterSeconds = by.RetryAfterSeconds ?? RetryAfterSeconds,
        Body = by.Body ?? Body,
        BodyBytes = by.BodyBytes ?? BodyBytes,
        ContentType = by.ContentType ?? ContentType,
        TruncateAfterBytes = by.TruncateAfterBytes ?? TruncateAfterBytes,
        DripBytes = by.DripBytes ?? DripBytes,
        DripInterval = by.DripInterval ?? DripInterval,
        MalformedJobs = by.MalformedJobs ?? MalformedJobs,
        InsertAfterPage = by.InsertAfterPage ?? InsertAfterPage,
        RemoveAfterPage = by.RemoveAfterPage ?? RemoveAfterPage,
        TotalCountOffset = by.TotalCountOffset ?? TotalCountOffset,
        PageSize = by.PageSize ?? PageSize,
        Endless = by.Endless ?? Endless,
        Lag = by.Lag ?? Lag,
        DateOffset = by.DateOffset ?? DateOffset,
        ClockSkew = by.ClockSkew ?? ClockSkew,
        ExpiredTokens = by.ExpiredTokens ?? ExpiredTokens,
        IgnoresWindow = by.IgnoresWindow ?? IgnoresWindow,
        IgnoresJobId = by.IgnoresJobId ?? IgnoresJobId,
    };
}
