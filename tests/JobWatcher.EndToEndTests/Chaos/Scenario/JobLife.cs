using JobWatcher.EndToEndTests.Programs;

namespace JobWatcher.EndToEndTests.Chaos.Scenario;

/// <summary>Makes jobs and lets them go on, as a seed decides.</summary>
internal sealed class JobLife(Random random)
{
    private const string Delete = "DeleteGaussDBforMySQLInstance";

    private static readonly string[] Names =
    [
        "ResizeGaussDBforMySQLFlavor", "RebootGaussDBforMySQLInstance", "CreateGaussDBforMySQLInstance",
        "GaussDBforMySQLBindEIP", Delete, "AJobThatNobodyKnowsYet",
    ];

    // With it a line of the log is longer than what a pipe takes in one piece, so that kills can cut it.
    private static readonly string LongReason = string.Concat(Enumerable.Repeat("The disk is full. ", 220));

    /// <summary>A new job.</summary>
    /// <param name="created">When it was made.</param>
    public CloudJob Make(DateTimeOffset created) => new()
    {
        JobId = new Guid(Bytes()).ToString(),
        JobName = Names[random.Next(Names.Length)],
        InstanceId = $"{new Guid(Bytes()):N}in07",
        InstanceName = $"orders-{random.Next(100)}",
        OrderId = random.Next(4) == 0 ? "CS2204121528XCDTG" : "",
        CreatedTime = CloudJob.Format(created),
    };

    /// <summary>Whether it can go on.</summary>
    public static bool IsOpen(CloudJob job) => job.Status is not ("Completed" or "Failed" or "Canceled");

    /// <summary>The open job in its next status.</summary>
    public CloudJob Step(CloudJob job) => (job.Status, random.Next(10)) switch
    {
        ("Running", < 5) => job.Completed(),
        ("Running", < 8) => job.Failed(random.Next(3) == 0 ? LongReason : "Single task exception."),
        ("Running", < 9) => Canceled(job),
        ("Running", _) => job with { Status = "Suspending", Process = "" },
        ("Pending", < 7) => job.Running("10%"),
        ("Pending", 7) => Canceled(job),
        ("Pending", 8) => job.Failed("Single task exception."),
        ("Pending", _) => job with { Status = "Unauthorized" },
        _ => job.Running("50%"),
    };

    /// <summary>Whether what is created now is later than the job: the API tells whole seconds.</summary>
    public static bool IsRepairable(CloudJob job) => CloudJob.Parse(job.CreatedTime) < DateTimeOffset.UtcNow.AddSeconds(-1);

    /// <summary>A later job that makes a failure good: the same operation succeeds, or the instance is deleted.</summary>
    public CloudJob Repair(CloudJob job) => (Make(DateTimeOffset.UtcNow) with
    {
        JobName = random.Next(4) == 0 ? Delete : job.JobName,
        InstanceId = job.InstanceId,
        InstanceName = job.InstanceName,
    }).Completed();

    private static CloudJob Canceled(CloudJob job) => job.Completed() with { Status = "Canceled" };

    private byte[] Bytes()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return bytes;
    }
}
