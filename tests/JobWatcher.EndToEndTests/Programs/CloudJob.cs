using System.Globalization;

namespace JobWatcher.EndToEndTests.Programs;

/// <summary>A job as the API lists it, field by field.</summary>
internal sealed record CloudJob
{
    public string JobId { get; init; } = Guid.NewGuid().ToString();

    public string JobName { get; init; } = "ResizeGaussDBforMySQLFlavor";

    public string Status { get; init; } = "Pending";

    public string InstanceId { get; init; } = "ede953923f06448d9be8686ef0c1378ein07";

    public string InstanceName { get; init; } = "gauss-1234";

    public string InstanceStatus { get; init; } = "normal";

    public string OrderId { get; init; } = "";

    public string Process { get; init; } = "";

    public string CreatedTime { get; init; } = Format(DateTimeOffset.UtcNow);

    public string? EndedTime { get; init; }

    public string? FailReason { get; init; }

    /// <summary>The same job at work.</summary>
    public CloudJob Running(string process = "") => this with { Status = nameof(Running), Process = process };

    /// <summary>The same job, ended well.</summary>
    public CloudJob Completed() => this with { Status = nameof(Completed), Process = "", EndedTime = Format(DateTimeOffset.UtcNow) };

    /// <summary>The same job, ended badly.</summary>
    public CloudJob Failed(string reason) =>
        this with { Status = nameof(Failed), Process = "", EndedTime = Format(DateTimeOffset.UtcNow), FailReason = reason };

    /// <summary>Reads a time of the API.</summary>
    public static DateTimeOffset Parse(string time) =>
        DateTimeOffset.ParseExact(time, "yyyy-MM-ddTHH:mm:sszz00", CultureInfo.InvariantCulture);

    /// <summary>Writes a time as the API does, in whole seconds.</summary>
    public static string Format(DateTimeOffset time) =>
        time.ToString("yyyy-MM-ddTHH:mm:ss+0000", CultureInfo.InvariantCulture);
}
