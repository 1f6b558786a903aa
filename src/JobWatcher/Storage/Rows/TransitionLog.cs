using System.Text.Json;
using Dapper;
using JobWatcher.HuaweiCloud.ImmediateJobs;
using JobWatcher.Snapshots;

namespace JobWatcher.Storage.Rows;

/// <summary>The table <c>transitions</c>: each target's log, to which commits append and of which reporters read.</summary>
internal static class TransitionLog
{
    /// <summary>Appends steps and gives each its identity.</summary>
    /// <param name="session">The commit's transaction.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="firstSequence">The sequence of its first step.</param>
    public static async Task<IReadOnlyList<CommittedTransition>> AppendAsync(
        StoreSession session, PollCommit commit, long firstSequence)
    {
        var labels = JsonSerializer.Serialize(commit.Labels);
        var appended = new List<CommittedTransition>(commit.Transitions.Count);
        foreach (var transition in commit.Transitions)
        {
            var occurrence = 1 + await CountAsync(session, commit.Target, transition);
            var step = new StepColumns
            {
                Target = commit.Target.Name,
                Sequence = firstSequence + appended.Count,
                Id = TransitionId.Of(commit.Target.Region, commit.Target.ProjectId, transition, occurrence).Value,
                ProjectId = commit.Target.ProjectId,
                Region = commit.Target.Region,
                FromStatus = transition.From.Value,
                ToStatus = transition.To.Value,
                Observed = transition.ObservedTime.ToUnixTimeMilliseconds(),
                Labels = labels,
            };
            var job = JobColumns.Of(transition.Job);
            await InsertAsync(session, step, job);
            appended.Add(step.ToTransition(job));
        }

        return appended;
    }

    /// <summary>Reads up to <paramref name="limit"/> steps after a sequence, oldest first.</summary>
    public static Task<IReadOnlyList<CommittedTransition>> ReadAsync(
        StoreSession session, string target, long afterSequence, int limit) =>
        QueryAsync(
            session,
            "WHERE target = @target AND sequence > @afterSequence ORDER BY sequence LIMIT @limit",
            new { target, afterSequence, limit });

    /// <summary>Reads steps.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="selection">Which steps and in what order: what follows the table's name.</param>
    /// <param name="parameters">The values that it names.</param>
    public static Task<IReadOnlyList<CommittedTransition>> QueryAsync(
        StoreSession session, string selection, object parameters) =>
        session.QueryAsync<JobColumns, StepColumns, CommittedTransition>(
            $"""
            SELECT {JobColumns.Selected}, target AS Target, sequence AS Sequence, id AS Id, project_id AS ProjectId,
              region AS Region, from_status AS FromStatus, to_status AS ToStatus, observed AS Observed, labels AS Labels
            FROM transitions {selection}
            """,
            parameters,
            (job, step) => step.ToTransition(job),
            splitOn: nameof(StepColumns.Target));

    // Counted within the target: were the steps that another target saw of the same project counted too, one step
    // would have two identities (rule D6).
    private static Task<long> CountAsync(StoreSession session, TargetRecord target, Transition transition) =>
        session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM transitions
            WHERE target = @Name AND job_id = @JobId AND from_status = @From AND to_status = @To
              AND project_id = @ProjectId AND region = @Region
            """,
            new
            {
                target.Name,
                transition.Job.JobId,
                From = transition.From.Value,
                To = transition.To.Value,
                target.ProjectId,
                target.Region,
            });

    private static Task<int> InsertAsync(StoreSession session, StepColumns step, JobColumns job)
    {
        var parameters = new DynamicParameters(job);
        parameters.AddDynamicParams(step);
        return session.ExecuteAsync(
            $"""
            INSERT INTO transitions (
              target, sequence, id, project_id, region, {JobColumns.Names}, from_status, to_status, observed, labels)
            VALUES (
              @Target, @Sequence, @Id, @ProjectId, @Region, {JobColumns.Values}, @FromStatus, @ToStatus, @Observed, @Labels)
            """,
            parameters);
    }

    private sealed record StepColumns
    {
        public required string Target { get; init; }

        public required long Sequence { get; init; }

        public required string Id { get; init; }

        public required string ProjectId { get; init; }

        public required string Region { get; init; }

        public required string FromStatus { get; init; }

        public required string ToStatus { get; init; }

        public required long Observed { get; init; }

        public required string Labels { get; init; }

        public CommittedTransition ToTransition(JobColumns job) => new()
        {
            Id = new TransitionId(Id),
            Target = Target,
            ProjectId = ProjectId,
            Region = Region,
            Sequence = Sequence,
            Labels = JsonSerializer.Deserialize<Dictionary<string, string>>(Labels) ?? [],
            Transition = new Transition
            {
                Job = job.ToJob(),
                From = new JobStatus(FromStatus),
                To = new JobStatus(ToStatus),
                ObservedTime = DateTimeOffset.FromUnixTimeMilliseconds(Observed),
            },
        };
    }
}
