using JobWatcher.Simulator.Faults;

namespace JobWatcher.Tests.Soak;

/// <summary>A kind of fault of the cloud.</summary>
/// <param name="Fault">What goes wrong.</param>
/// <param name="FailsPolls">Whether no poll can be answered meanwhile.</param>
internal sealed record FaultKind(Fault Fault, bool FailsPolls)
{
    /// <summary>
    /// Those that hit one project. Left out are those that change the list itself, for they would change what is true.
    /// </summary>
    public static readonly IReadOnlyList<FaultKind> OfProjects =
    [
        Failing(new() { NeverAnswers = true }),
        Failing(new() { ResetsConnection = true }),
        Harmless(new() { Latency = TimeSpan.FromSeconds(4) }),
        Failing(new() { Latency = TimeSpan.FromSeconds(12) }),
        // A short list is through before the request's time is up.
        Harmless(new() { DripBytes = 2_000, DripInterval = TimeSpan.FromSeconds(1) }),
        Harmless(new() { TruncateAfterBytes = 300 }),
        Failing(Fault.Error(500)),
        Failing(Fault.Error(503) with { RetryAfterSeconds = 5 }),
        Failing(Fault.Error(401)),
        Failing(Fault.Error(403)),
        Failing(Fault.Error(404)),
        Failing(Fault.Throttled("policy user over ratelimit,limit:100000,time:5 minute", retryAfterSeconds: 3)),
        Failing(Fault.Html()),
        Failing(Fault.Html(502)),
        Failing(Fault.Empty()),
        Failing(Fault.RawBody("{\"jobs\": [{")),
        Harmless(new() { MalformedJobs = 3 }),
        Harmless(new() { TotalCountOffset = 2 }),
        Harmless(new() { TotalCountOffset = -2 }),
        Harmless(new() { PageSize = 7 }),
        Harmless(new() { ClockSkew = TimeSpan.FromMinutes(30) }),
        Harmless(new() { DateOffset = TimeSpan.FromMinutes(-2) }),
        Harmless(new() { IgnoresWindow = true }),
        Harmless(new() { IgnoresJobId = true }),
    ];

    /// <summary>Those that hit all projects.</summary>
    public static readonly IReadOnlyList<FaultKind> OfAll =
    [
        Failing(new() { NeverAnswers = true }),
        Failing(new() { ResetsConnection = true }),
        Failing(Fault.Error(503)),
        Failing(Fault.Error(401)),
    ];

    /// <summary>Whether it lets requests wait for the clock.</summary>
    public bool IsSlow => Fault is { NeverAnswers: true } or { Latency: not null } or { DripBytes: not null };

    private static FaultKind Failing(Fault fault) => new(fault, FailsPolls: true);

    private static FaultKind Harmless(Fault fault) => new(fault, FailsPolls: false);
}
