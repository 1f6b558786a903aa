namespace JobWatcher.HuaweiCloud;

/// <summary>One HTTP request that was sent, retries included.</summary>
/// <param name="Operation">The API's name of the operation, such as <c>ListImmediateJobs</c>.</param>
/// <param name="StatusCode">The answer's HTTP status; null when none came.</param>
public readonly record struct ApiCall(string Operation, int? StatusCode);
