using JobWatcher.Simulator.Faults;

namespace JobWatcher.Tests.Soak;

/// <summary>
/// Faults that come and go: some hit one project, now and then one hits all. Left out are those that change the list itself,
/// for they would change what is true.
/// </summary>
internal sealed class FaultWeather(FaultBook faults, IReadOnlyList<string> projects, Random random)
{
    private const double FaultsAMinute = 0.015;
    private const double OutagesAMinute = 0.003;
    private const int LongestMinutes = 8;

    private static readonly Fault[] Kinds =
    [
        new() { NeverAnswers = true },
        new() { ResetsConnection = true },
        new() { Latency = TimeSpan.FromSeconds(4) },
        new() { Latency = TimeSpan.FromSeconds(12) },
        new() { DripBytes = 2_000, DripInterval = TimeSpan.FromSeconds(1) },
        new() { TruncateAfterBytes = 300 },
        Fault.Error(500),
        Fault.Error(503) with { RetryAfterSeconds = 5 },
        Fault.Error(401),
        Fault.Error(403),
        Fault.Error(404),
        Fault.Throttled("policy user over ratelimit,limit:100000,time:5 minute", retryAfterSeconds: 3),
        Fault.Html(),
        Fault.Html(502),
        Fault.Empty(),
        Fault.RawBody("{\"jobs\": [{"),
        new() { MalformedJobs = 3 },
        new() { TotalCountOffset = 2 },
        new() { TotalCountOffset = -2 },
        new() { PageSize = 7 },
        new() { ClockSkew = TimeSpan.FromMinutes(30) },
        new() { DateOffset = TimeSpan.FromMinutes(-2) },
        new() { IgnoresWindow = true },
        new() { IgnoresJobId = true },
    ];

    private static readonly Fault[] Outages =
    [
        new() { NeverAnswers = true }, new() { ResetsConnection = true }, Fault.Error(503), Fault.Error(401),
    ];

    private readonly List<(int Id, int Minutes)> _inForce = [];

    /// <summary>How many faults of each kind there were.</summary>
    public Dictionary<Fault, int> Seen { get; } = [];

    /// <summary>A minute goes by.</summary>
    public void Turn()
    {
        Clear(_inForce.Where(fault => fault.Minutes == 0));
        for (var index = 0; index < _inForce.Count; index++)
        {
            _inForce[index] = _inForce[index] with { Minutes = _inForce[index].Minutes - 1 };
        }

        foreach (var project in projects.Where(_ => random.NextDouble() < FaultsAMinute))
        {
            Put(Kinds[random.Next(Kinds.Length)], project);
        }

        if (random.NextDouble() < OutagesAMinute)
        {
            Put(Outages[random.Next(Outages.Length)], project: null);
        }
    }

    /// <summary>All is well from now on.</summary>
    public void Clear() => Clear(_inForce);

    private void Clear(IEnumerable<(int Id, int Minutes)> over)
    {
        foreach (var fault in over.ToList())
        {
            faults.Clear(fault.Id);
            _inForce.Remove(fault);
        }
    }

    private void Put(Fault kind, string? project)
    {
        Seen[kind] = Seen.GetValueOrDefault(kind) + 1;
        _inForce.Add((faults.Put(kind with { Project = project }), random.Next(LongestMinutes)));
    }
}
