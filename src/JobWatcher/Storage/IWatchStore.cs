using JobWatcher.Alerts;
using JobWatcher.Snapshots;

namespace JobWatcher.Storage;

/// <summary>
/// The durable state of all targets. Every method is safe to call from several threads; each write is one transaction.
/// </summary>
internal interface IWatchStore : IAsyncDisposable
{
    /// <summary>Takes the store for this process, checks it and brings its schema up to date.</summary>
    /// <exception cref="StoreException">It is in use, cannot be written, is damaged, foreign or newer than this version.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Reads a target's row, creating it with its cursors when the target is new. A target whose project or region
    /// changed starts anew: its watch-from and snapshot are dropped, its sequence and counters go on (rule D7).
    /// </summary>
    Task<TargetRecord> ReadTargetAsync(string name, string projectId, string region, CancellationToken cancellationToken);

    /// <summary>Reads the jobs of a target that are not gone.</summary>
    Task<IReadOnlyList<JobSnapshot>> ReadJobsAsync(string target, CancellationToken cancellationToken);

    /// <summary>Reads those of the given jobs that the store knows as gone (rule D2).</summary>
    Task<IReadOnlyDictionary<string, JobSnapshot>> ReadGoneJobsAsync(
        string target, IReadOnlyCollection<string> jobIds, CancellationToken cancellationToken);

    /// <summary>Reads a target's durable counters.</summary>
    Task<IReadOnlyDictionary<CounterKey, CounterValue>> ReadCountersAsync(string target, CancellationToken cancellationToken);

    /// <summary>Writes one poll whole, or nothing.</summary>
    Task<CommitResult> CommitAsync(PollCommit commit, CancellationToken cancellationToken);

    /// <summary>Reads up to <paramref name="limit"/> transitions of a target's log after a sequence, oldest first.</summary>
    Task<IReadOnlyList<CommittedTransition>> ReadTransitionsAsync(
        string target, long afterSequence, int limit, CancellationToken cancellationToken);

    /// <summary>Reads where every target's log stands for a reporter.</summary>
    Task<IReadOnlyList<ReportCursor>> ReadCursorsAsync(string reporter, CancellationToken cancellationToken);

    /// <summary>Moves a reporter's cursor forward; never back.</summary>
    Task MoveCursorAsync(string reporter, string target, long sequence, CancellationToken cancellationToken);

    /// <summary>Reads the names of all targets of which the store holds anything, watched or not.</summary>
    Task<IReadOnlyList<string>> ReadTargetNamesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Deletes up to <paramref name="limit"/> rows of jobs that have been gone since before <paramref name="goneBefore"/>
    /// (rule D2).
    /// </summary>
    /// <returns>How many it deleted.</returns>
    Task<int> ForgetJobsAsync(string target, DateTimeOffset goneBefore, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the steps observed before a time among the next <paramref name="length"/> of a target's log, but none that
    /// a reporter has not passed and none of a job that the store still knows (rule C5).
    /// </summary>
    /// <returns>Where the next stretch begins; null at the log's end.</returns>
    Task<long?> PruneLogAsync(
        string target, DateTimeOffset observedBefore, long afterSequence, int length, CancellationToken cancellationToken);

    /// <summary>
    /// Lets a target that is watched no more start anew, if its last answered poll is older than a time and its log is
    /// reported to its end (rule C5).
    /// </summary>
    Task BeginRetirementAsync(string target, DateTimeOffset answeredBefore, CancellationToken cancellationToken);

    /// <summary>Removes a target that began to retire, once nothing is left of its log.</summary>
    /// <returns>Whether it is gone.</returns>
    Task<bool> EndRetirementAsync(string target, DateTimeOffset answeredBefore, CancellationToken cancellationToken);

    /// <summary>
    /// Writes what time or another configuration does to a target's alerts (rule C3): its row is locked meanwhile, and its
    /// version stays.
    /// </summary>
    /// <param name="target">The target.</param>
    /// <param name="version">The version of what the decision rests on; null where it rests on nothing that polls change.</param>
    /// <param name="decide">Decides from the alerts that fire.</param>
    /// <param name="cancellationToken">Gives up before the transaction begins.</param>
    /// <returns>What became of them; null where the target has another version, and nothing was written.</returns>
    Task<AlertChanges?> CommitAlertsAsync(
        string target,
        long? version,
        Func<IReadOnlyList<Alert>, AlertChanges> decide,
        CancellationToken cancellationToken);

    /// <summary>Reads the alerts of all targets that fire or whose end was seen after a time, the oldest first.</summary>
    Task<IReadOnlyList<Alert>> ReadAlertsAsync(DateTimeOffset endSeenAfter, CancellationToken cancellationToken);

    /// <summary>Reads alerts whose start or end the log has not told, the oldest first.</summary>
    Task<IReadOnlyList<UntoldAlert>> ReadUntoldAlertsAsync(int limit, CancellationToken cancellationToken);

    /// <summary>The log has told these alerts as far as they were read.</summary>
    Task MarkToldAsync(IReadOnlyCollection<UntoldAlert> alerts, CancellationToken cancellationToken);

    /// <summary>A scrape has shown these alerts.</summary>
    Task MarkShownAsync(IReadOnlyCollection<AlertId> alerts, CancellationToken cancellationToken);

    /// <summary>Throws unless the store answers.</summary>
    /// <exception cref="StoreException">It does not.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}

/// <summary>Where a reporter stands in a target's log.</summary>
/// <param name="Target">The target.</param>
/// <param name="Reported">The last sequence reported; 0 before the first.</param>
/// <param name="Committed">The last sequence in the log; 0 before the first.</param>
internal sealed record ReportCursor(string Target, long Reported, long Committed);

/// <summary>An alert of which the log has not told all.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="IsStartTold">Whether its start was told.</param>
internal sealed record UntoldAlert(Alert Alert, bool IsStartTold);
