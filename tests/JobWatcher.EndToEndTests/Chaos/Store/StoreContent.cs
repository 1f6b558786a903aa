namespace JobWatcher.EndToEndTests.Chaos.Store;

/// <summary>What the store holds when no process has it open.</summary>
internal sealed record StoreContent
{
    /// <summary>What <c>PRAGMA integrity_check</c> answers.</summary>
    public required string Integrity { get; init; }

    /// <summary>The targets.</summary>
    public required IReadOnlyList<StoredTarget> Targets { get; init; }

    /// <summary>The log of all targets, by target and sequence.</summary>
    public required IReadOnlyList<StoredTransition> Transitions { get; init; }

    /// <summary>The durable counters.</summary>
    public required IReadOnlyList<StoredCounter> Counters { get; init; }

    /// <summary>The alerts that were ever started.</summary>
    public required IReadOnlyList<StoredAlert> Alerts { get; init; }

    /// <summary>The cursor of the reporter of log events, by target.</summary>
    public required IReadOnlyDictionary<string, long> Cursors { get; init; }
}

/// <summary>A row of <c>targets</c>.</summary>
internal sealed record StoredTarget(string Name, long NextSequence);

/// <summary>A row of <c>counters</c>.</summary>
internal sealed record StoredCounter(CounterName Name, long Count, double Seconds);

/// <summary>A row of <c>alerts</c>, with when the Alertmanager first took it; times are unix milliseconds.</summary>
internal sealed record StoredAlert(
    string Id, string Target, string Rule, string JobId, long Observed, long? Ended, string? EndReason, long? Accepted);

/// <summary>What tells counters apart.</summary>
internal sealed record CounterName(string Target, string JobName, string From, string To);

/// <summary>A row of <c>transitions</c>; times are unix milliseconds.</summary>
internal sealed record StoredTransition
{
    public required string Target { get; init; }

    public required long Sequence { get; init; }

    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required string Region { get; init; }

    public required string JobId { get; init; }

    public required string JobName { get; init; }

    public required string Status { get; init; }

    public string? Process { get; init; }

    public string? InstanceId { get; init; }

    public string? InstanceName { get; init; }

    public string? InstanceStatus { get; init; }

    public string? OrderId { get; init; }

    public long? CreatedTime { get; init; }

    public long? EndedTime { get; init; }

    public string? FailReason { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required long Observed { get; init; }

    public required string Labels { get; init; }
}
