using System.Globalization;
using System.Text.Json;
using JobWatcher.EndToEndTests.Alerting;
using JobWatcher.EndToEndTests.Chaos.Logs;
using JobWatcher.EndToEndTests.Chaos.Store;
using JobWatcher.EndToEndTests.Chaos.Truth;

namespace JobWatcher.EndToEndTests.Chaos.Verdicts;

/// <summary>
/// The evidence of a small run in which all went well, for tests to break. Two processes, the first of them killed between
/// a commit and its report; a job that was there before, one that fails, and one that is taken off the list; an outage at last.
/// </summary>
internal sealed class SoundRun
{
    public const string Target = "prod";
    public const string OldJob = "old";
    public const string FailingJob = "failing";
    public const string RemovedJob = "removed";
    public const string Alert = "alert";

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The outage's beginning and its end, as the second process tells them.</summary>
    public static readonly string OutageBegins = OutageLine("TargetUnreachable", at: 15, lasted: 4.5);

    /// <inheritdoc cref="OutageBegins"/>
    public static readonly string OutageEnds = OutageLine("TargetRecovered", at: 18.5, lasted: 8);

    private readonly List<ServedAnswer> _answers = [];
    private readonly Dictionary<int, List<string>> _lines = new() { [1] = [], [2] = [] };
    private int _seconds;

    private SoundRun()
    {
        Shows(1, OldJob, "Running");
        Ends(1, "success");
        Shows(1, OldJob, "Running", FailingJob, "Pending", RemovedJob, "Running");
        Ends(1, "success");
        Tells(1, 1, 2);
        // Killed before it could say that the poll had ended, or tell what the poll committed.
        Shows(1, OldJob, "Running", FailingJob, "Running", RemovedJob, "Running");
        Tells(2, 3);
        Shows(2, OldJob, "Running", FailingJob, "Failed");
        Ends(2, "success");
        Tells(2, 4);
        _lines[2].Add(LineOf(Alert, "AlertFiring"));
        _lines[2].Add(LineOf(Alert, "AlertResolved"));
        Shows(2, OldJob, "Running", FailingJob, "Failed");
        LooksUp(2, RemovedJob);
        Ends(2, "success");
        Tells(2, 5);
        Fails(2);
        Fails(2);
        Fails(2);
        _lines[2].Add(OutageBegins);
        Fails(2);
        Shows(2, OldJob, "Running", FailingJob, "Failed");
        _lines[2].Add(OutageEnds);
        Ends(2, "success");
    }

    /// <summary>The log of the store, to be changed before <see cref="Build"/>.</summary>
    public List<StoredTransition> Log { get; } =
    [
        Step(1, FailingJob, "None", "Pending"), Step(2, RemovedJob, "None", "Running"), Step(3, FailingJob, "Pending", "Running"),
        Step(4, FailingJob, "Running", "Failed"), Step(5, RemovedJob, "Running", "None"),
    ];

    /// <summary>The alerts of the store.</summary>
    public List<StoredAlert> Alerts { get; } =
        [new(Alert, Target, "JobFailed", FailingJob, Start.ToUnixTimeMilliseconds(), Start.ToUnixTimeMilliseconds(), "completed", Accepted: null)];

    /// <summary>What people were told.</summary>
    public List<Notification> Notifications { get; } = [Told(FailingJob, "firing"), Told(FailingJob, "resolved")];

    /// <summary>When the cloud was cut.</summary>
    public List<Cut> Cuts { get; } = [new(Target: null, Start.AddSeconds(9.5), Start.AddSeconds(17.5))];

    /// <summary>The whole lines of the processes, by number.</summary>
    public IReadOnlyDictionary<int, List<string>> Lines => _lines;

    /// <summary>The answers of the cloud.</summary>
    public List<ServedAnswer> Answers => _answers;

    /// <summary>Begins with what went well.</summary>
    public static SoundRun Begin() => new();

    /// <summary>The evidence; counters, cursors and scrapes follow from the log.</summary>
    public Evidence Build() => new()
    {
        Targets =
        [
            new TargetTruth
            {
                Name = Target,
                Baseline = new Dictionary<string, string>(StringComparer.Ordinal) { [OldJob] = "Running" },
                Final = new Dictionary<string, string>(StringComparer.Ordinal) { [OldJob] = "Running", [FailingJob] = "Failed" },
                Answers = _answers,
            },
        ],
        Processes = [Process(1, isKilled: true), Process(2, isKilled: false)],
        Store = new StoreContent
        {
            Integrity = "ok",
            Targets = [new StoredTarget(Target, Log.Count + 1)],
            Transitions = Log,
            Counters = [.. LogSums.Counters(Log).Select(sum => new StoredCounter(sum.Key, sum.Value.Count, sum.Value.Seconds))],
            Alerts = Alerts,
            Cursors = new Dictionary<string, long>(StringComparer.Ordinal) { [Target] = Log.Count },
        },
        Committed = [CommittedAt(1, 3), CommittedAt(2, Log.Count)],
        Notifications = Notifications,
        Cuts = Cuts,
        Scrapes = [new CounterScrape(Start, LogSums.Series(Log.Take(2))), new CounterScrape(Start.AddMinutes(1), LogSums.Series(Log))],
    };

    /// <summary>Holds the verdict on this run, changed further, to find a defect that is told with a word.</summary>
    public void Finds(DefectKind kind, string told, Func<Evidence, Evidence>? change = null)
    {
        var run = Build();

        var defects = Verdict.On(change?.Invoke(run) ?? run);

        Assert.Contains(defects, defect => defect.Kind == kind && defect.Told.Contains(told, StringComparison.Ordinal));
    }

    /// <summary>A step as the store holds it.</summary>
    public static StoredTransition Step(long sequence, string jobId, string from, string to) => new()
    {
        Target = Target,
        Sequence = sequence,
        Id = $"{jobId} {from} {to}",
        ProjectId = "project",
        Region = "region",
        JobId = jobId,
        JobName = "ResizeGaussDBforMySQLFlavor",
        Status = to == "None" ? from : to,
        CreatedTime = Start.ToUnixTimeMilliseconds(),
        EndedTime = TargetTruth.IsEnded(to) ? Start.AddSeconds(90).ToUnixTimeMilliseconds() : null,
        From = from,
        To = to,
        Observed = Start.AddSeconds(sequence).ToUnixTimeMilliseconds(),
        Labels = """{"team":"payments"}""",
    };

    /// <summary>A line that tells a step.</summary>
    public static string LineOf(StoredTransition step) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["@t"] = At(Start),
        ["EventId"] = new { Id = 1002, Name = step.To == "None" ? "JobVanished" : step.From == "None" ? "JobAppeared" : "JobStatusChanged" },
        ["TransitionId"] = step.Id,
        ["Target"] = step.Target,
        ["ProjectId"] = step.ProjectId,
        ["Region"] = step.Region,
        ["JobId"] = step.JobId,
        ["JobName"] = step.JobName,
        ["FromStatus"] = step.From,
        ["ToStatus"] = step.To,
        ["InstanceId"] = step.InstanceId,
        ["InstanceName"] = step.InstanceName,
        ["InstanceStatus"] = step.InstanceStatus,
        ["OrderId"] = step.OrderId,
        ["Process"] = step.Process,
        ["CreatedTime"] = Time(step.CreatedTime),
        ["EndedTime"] = Time(step.EndedTime),
        ["FailReason"] = step.FailReason,
        ["ObservedTime"] = Time(step.Observed),
        ["Labels"] = JsonElement.Parse(step.Labels),
    });

    /// <summary>A line that tells something of an alert.</summary>
    public static string LineOf(string alert, string name) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["@t"] = At(Start),
        ["EventId"] = new { Name = name },
        ["AlertId"] = alert,
    });

    /// <summary>A line that tells of an outage; times are seconds after the start of the run.</summary>
    public static string OutageLine(string name, double at, double lasted, double since = 10.5) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["@t"] = At(Start.AddSeconds(at)),
        ["EventId"] = new { Name = name },
        ["Target"] = Target,
        ["Since"] = At(Start.AddSeconds(since)),
        ["OutageSeconds"] = lasted,
    });

    /// <summary>What people may be told of a job; with no job, of the target.</summary>
    public static Notification Told(string jobId, string status) => new(
        status,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["target"] = Target, ["job_id"] = jobId },
        new Dictionary<string, string>(StringComparer.Ordinal),
        Start,
        "",
        Start);

    private void Shows(int process, params string[] jobs) => _answers.Add(new ServedAnswer(
        Now(), "?limit=50", $"key {process}", 200, IsSent: true, [.. jobs.Chunk(2).Select(job => new ShownJob(job[0], job[1]))]));

    private void Fails(int process)
    {
        _answers.Add(new ServedAnswer(Now(), "?limit=50", $"key {process}", 503, IsSent: true, Jobs: null));
        Ends(process, "error");
    }

    private void LooksUp(int process, string jobId) =>
        _answers.Add(new ServedAnswer(Now(), $"?job_id={jobId}", $"key {process}", 200, IsSent: true, []));

    private void Ends(int process, string outcome) => _lines[process].Add(
        $$"""{"@t":"{{At(Now())}}","EventId":{"Name":"PollEnded"},"Target":"{{Target}}","Outcome":"{{outcome}}","Seconds":0.1}""");

    private void Tells(int process, params int[] sequences) =>
        _lines[process].AddRange(sequences.Select(sequence => LineOf(Log[sequence - 1])));

    private CommittedState CommittedAt(int process, int steps) => new(
        process,
        "ok",
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [Target] = [.. Log.Take(steps).Select(step => step.Id)] },
        [.. LogSums.Counters(Log.Take(steps)).Select(sum => new StoredCounter(sum.Key, sum.Value.Count, sum.Value.Seconds))]);

    private ProcessLog Process(int number, bool isKilled) => new()
    {
        Number = number,
        AccessKey = $"key {number}",
        Started = Start,
        Ended = Start.AddMinutes(1),
        End = isKilled ? "killed" : "stopped",
        WasAskedToStop = !isKilled,
        ExitCode = isKilled ? ProcessLog.Killed : 0,
        Output = string.Concat(_lines[number].Select(line => line + '\n')),
    };

    private DateTimeOffset Now() => Start.AddSeconds(_seconds++);

    private static string At(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string? Time(long? milliseconds) => milliseconds is { } time ? At(DateTimeOffset.FromUnixTimeMilliseconds(time)) : null;
}
