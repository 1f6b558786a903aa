using Dapper;

namespace JobWatcher.Storage.Rows;

/// <summary>Reads the table <c>transitions</c> page by page, newest first across all targets.</summary>
internal static class TransitionPage
{
    /// <summary>Reads the newest steps that a filter selects.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="filter">Which to read.</param>
    /// <param name="before">The last step of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    public static Task<IReadOnlyList<CommittedTransition>> ReadAsync(
        StoreSession session, TransitionFilter filter, CommittedTransition? before, int limit)
    {
        var parameters = new DynamicParameters();
        List<string> conditions = [];
        Add("target = @target", ("target", filter.Target));
        Add("to_status = @status", ("status", filter.Status));
        Add("job_name = @jobName", ("jobName", filter.JobName));
        Add("observed >= @since", ("since", ColumnTime.ToColumn(filter.Since)));
        Add(
            "(observed, target, sequence) < (@lastObserved, @lastTarget, @lastSequence)",
            ("lastObserved", ColumnTime.ToColumn(before?.Transition.ObservedTime)),
            ("lastTarget", before?.Target),
            ("lastSequence", before?.Sequence));

        var where = conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
        parameters.Add("limit", limit);
        return TransitionLog.QueryAsync(
            session, $"{where} ORDER BY observed DESC, target DESC, sequence DESC LIMIT @limit", parameters);

        void Add(string condition, params ReadOnlySpan<(string Name, object? Value)> values)
        {
            if (values[0].Value is null)
            {
                return;
            }

            conditions.Add(condition);
            foreach (var (name, value) in values)
            {
                parameters.Add(name, value);
            }
        }
    }
}
