namespace JobWatcher.Simulator.Faults;

/// <summary>Items that no listing should hold, in JSON.</summary>
internal static class MalformedJobs
{
    private static readonly string[] Catalogue =
    [
        "{}",
        "null",
        "42",
        "\"text\"",
        "[]",
        """{"job_id":null,"job_name":"RebootGaussDBforMySQLInstance","status":"Running"}""",
        """{"job_id":7,"job_name":"RebootGaussDBforMySQLInstance","status":"Running"}""",
        """{"job_id":"","job_name":"RebootGaussDBforMySQLInstance","status":"Running"}""",
        """{"job_id":"malformed-status","job_name":"RebootGaussDBforMySQLInstance","status":{"is":"Running"}}""",
        """{"job_id":"malformed-name","job_name":["RebootGaussDBforMySQLInstance"],"status":"Running"}""",
        """{"job_id":"malformed-time","job_name":"GaussDBforMySQLBindEIP","status":"Running","created_time":"now"}""",
        """{"job_id":"malformed-surrogate","job_name":"RebootGaussDBforMySQLInstance","status":"\ud800"}""",
        """{"job_id":"malformed-twice","job_id":"malformed-again","job_name":"GaussDBforMySQLBindEIP"}""",
        $$"""{"job_id":"malformed-long","job_name":"{{new string('a', 100_000)}}","status":"Running"}""",
        $$"""{"job_id":"malformed-deep","job_name":{{new string('[', 60)}}{{new string(']', 60)}}}""",
    ];

    /// <summary>The item at a place of the list; beyond the catalogue it starts anew.</summary>
    public static string At(int index) => Catalogue[index % Catalogue.Length];
}
