using JobWatcher.Alerts;
using JobWatcher.Alerts.Deliveries;

namespace JobWatcher.Storage.Rows;

/// <summary>What happens between the beginning and the end of the transactions that polls need.</summary>
internal static class PollTransaction
{
    /// <summary>Writes a poll whole behind the fence (rules C1 and C2).</summary>
    public static async Task<CommitResult> CommitAsync(StoreSession session, PollCommit commit, AlertOutbox outbox)
    {
        // The fence goes first: its row lock makes writers of one target queue before they read the log.
        var sequence = await TargetRows.PassFenceAsync(session, commit.Target, commit.Transitions.Count);
        if (sequence is not { } firstSequence)
        {
            return CommitResult.Refused;
        }

        await JobRows.WriteAsync(session, commit.Target.Name, commit.Jobs);
        var transitions = await TransitionLog.AppendAsync(session, commit, firstSequence);
        await CounterRows.AddAsync(session, commit.Target.Name, commit.Increments);
        var alerts = await DecideAlertsAsync(session, commit.Target.Name, commit.Alerts, outbox);
        return new CommitResult(TargetRows.After(commit.Target), transitions, alerts);
    }

    /// <summary>Writes what becomes of a target's alerts between polls; null where its version is another one (rule C3). Without one it may have no row.</summary>
    public static async Task<AlertChanges?> CommitAlertsAsync(
        StoreSession session,
        string target,
        long? version,
        Func<IReadOnlyList<Alert>, AlertChanges> decide,
        AlertOutbox outbox) =>
        await TargetRows.LockAsync(session, target, version) || version is null
            ? await DecideAlertsAsync(session, target, decide, outbox)
            : null;

    /// <summary>Reads a target as it is; null where it must first be taken up by <see cref="TakeUpAsync"/>.</summary>
    public static async Task<TargetRecord?> ReadAsync(
        StoreSession session, string name, string projectId, string region, IReadOnlyList<string> reporters)
    {
        var target = await TargetRows.ReadAsync(session, name);
        if (target is null || target.ProjectId != projectId || target.Region != region)
        {
            return null;
        }

        var known = await CursorRows.ReadReportersAsync(session, name);
        return reporters.Except(known, StringComparer.Ordinal).Any() ? null : target;
    }

    /// <summary>Creates a target and its cursors where they are missing, and restarts one whose project changed.</summary>
    public static async Task<TargetRecord> TakeUpAsync(
        StoreSession session, string name, string projectId, string region, IReadOnlyList<string> reporters)
    {
        var target = await TargetRows.ReadAsync(session, name)
            ?? await TargetRows.CreateAsync(session, name, projectId, region);
        if (target.ProjectId != projectId || target.Region != region)
        {
            // Whoever was told that the target does not answer is told when it does.
            target = target.PointedAt(projectId, region);
            await TargetRows.RestartAsync(session, target);
        }

        await CursorRows.CreateAsync(session, name, reporters);
        return target;
    }

    private static async Task<AlertChanges> DecideAlertsAsync(
        StoreSession session, string target, Func<IReadOnlyList<Alert>, AlertChanges>? decide, AlertOutbox outbox)
    {
        if (decide is null)
        {
            return AlertChanges.None;
        }

        var changes = decide(await AlertRows.ReadFiringAsync(session, target));
        await AlertRows.StartAsync(session, changes.Started);
        await AlertRows.EndAsync(session, changes.Ended);
        await DeliveryRows.WriteAsync(session, outbox.Owed(changes));
        return changes;
    }
}
