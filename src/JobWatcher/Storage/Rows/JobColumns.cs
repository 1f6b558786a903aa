using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.Storage.Rows;

/// <summary>The columns that hold a job's own fields, in the tables <c>jobs</c> and <c>transitions</c> alike.</summary>
internal sealed record JobColumns
{
    /// <summary>For the list of columns of an INSERT.</summary>
    public const string Names =
        "job_id, job_name, status, process, instance_id, instance_name, instance_status, order_id, "
        + "created_time, ended_time, fail_reason";

    /// <summary>For the values of an INSERT, in the order of <see cref="Names"/>.</summary>
    public const string Values =
        "@JobId, @JobName, @Status, @Process, @InstanceId, @InstanceName, @InstanceStatus, @OrderId, "
        + "@CreatedTime, @EndedTime, @FailReason";

    /// <summary>For a SELECT that reads this record.</summary>
    public const string Selected =
        "job_id AS JobId, job_name AS JobName, status AS Status, process AS Process, instance_id AS InstanceId, "
        + "instance_name AS InstanceName, instance_status AS InstanceStatus, order_id AS OrderId, "
        + "created_time AS CreatedTime, ended_time AS EndedTime, fail_reason AS FailReason";

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

    /// <summary>The columns of a job.</summary>
    public static JobColumns Of(ImmediateJob job) => new()
    {
        JobId = job.JobId,
        JobName = job.JobName,
        Status = job.Status.Value,
        Process = job.Process,
        InstanceId = job.InstanceId,
        InstanceName = job.InstanceName,
        InstanceStatus = job.InstanceStatus,
        OrderId = job.OrderId,
        CreatedTime = ColumnTime.ToColumn(job.CreatedTime),
        EndedTime = ColumnTime.ToColumn(job.EndedTime),
        FailReason = job.FailReason,
    };

    /// <summary>The job of the columns.</summary>
    public ImmediateJob ToJob() => new()
    {
        JobId = JobId,
        JobName = JobName,
        Status = new JobStatus(Status),
        Process = Process,
        InstanceId = InstanceId,
        InstanceName = InstanceName,
        InstanceStatus = InstanceStatus,
        OrderId = OrderId,
        CreatedTime = ColumnTime.FromColumn(CreatedTime),
        EndedTime = ColumnTime.FromColumn(EndedTime),
        FailReason = FailReason,
    };
}
