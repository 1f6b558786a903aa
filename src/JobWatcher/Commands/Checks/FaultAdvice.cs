using JobWatcher.Configuration.Credentials;
using JobWatcher.HuaweiCloud;
using JobWatcher.HuaweiCloud.Http.Clocks;
using JobWatcher.Planning;

namespace JobWatcher.Commands.Checks;

/// <summary>Tells what a fault of the cloud most likely means, and what to do about it. Pure.</summary>
internal static class FaultAdvice
{
    /// <summary>The permission that listing needs.</summary>
    public const string Permission = "gaussdbformysql:task:list";

    private const string Proxy = "the proxy refused; check HTTPS_PROXY and NO_PROXY";

    private const string Certificate = "the server's certificate is not trusted; name its authority's file as caFile, or check the endpoint";

    /// <summary>One sentence with the cause and the way out, then what the cloud said.</summary>
    public static string For(CloudException fault, PlannedTarget planned, DateTimeOffset now) =>
        $"{Advice(fault, planned, now)} ({fault.Message.TrimEnd('.')})";

    private static string Advice(CloudException fault, PlannedTarget planned, DateTimeOffset now) => fault.Fault switch
    {
        CloudFault.Unauthorized => Unauthorized(fault, planned, now),
        CloudFault.Forbidden => $"the user of the credentials {planned.Target.Credentials} lacks a permission; grant {Permission} in this project",
        CloudFault.Throttled => "the cloud takes no more requests now; lower polling.requestBudget or ask for a higher limit",
        CloudFault.Timeout => "no answer came in time; check endpoint, firewall and proxy, or raise polling.requestTimeout",
        CloudFault.Unreachable => Unreachable(fault.ConnectionError),
        _ when fault.HttpStatus is 404 or 400 =>
            $"this server knows no project {planned.Target.ProjectId} of {planned.Target.Region}; check region, projectId and endpoint",
        _ when fault.HttpStatus is 407 => Proxy,
        _ when fault.HttpStatus >= 500 => "the cloud failed; try again later",
        _ => "this is no answer of the API; check endpoint and proxy",
    };

    // Within the bound the cloud's own time was tried as well (rule L8 of the protocol), and tokens are not signed with a time.
    private static string Unauthorized(CloudException fault, PlannedTarget planned, DateTimeOffset now)
    {
        var skew = TargetCheck.SkewOf(fault.CloudTime, now);
        if (planned.Credentials is AccessKeyConfiguration or InstanceMetadataConfiguration
            && (now - fault.CloudTime)?.Duration() > SigningBounds.Believed)
        {
            return $"this machine's clock is {skew} the cloud's, so signatures are refused; set the clock";
        }

        var advice = $"the keys or token of the credentials {planned.Target.Credentials} are refused; check them, and that they are of this cloud";
        return skew is null ? advice : $"{advice}; besides, this machine's clock is {skew} the cloud's";
    }

    private static string Unreachable(HttpRequestError? error) => error switch
    {
        HttpRequestError.NameResolutionError => "the endpoint's name is not known; check region, endpoint and DNS",
        HttpRequestError.SecureConnectionError => Certificate,
        HttpRequestError.ProxyTunnelError => Proxy,
        _ => "no connection can be made; check endpoint, firewall and proxy",
    };
}
