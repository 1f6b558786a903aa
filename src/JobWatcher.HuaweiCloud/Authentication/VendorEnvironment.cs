using JobWatcher.HuaweiCloud.Authentication.Secrets;

namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>What the environment variables of the vendor's own tools tell; empty ones tell nothing.</summary>
public sealed record VendorEnvironment
{
    private static readonly string[] AccessKeys = ["HUAWEICLOUD_SDK_AK", "CLOUD_SDK_AK"];
    private static readonly string[] SecretKeys = ["HUAWEICLOUD_SDK_SK", "CLOUD_SDK_SK"];

    /// <summary>The access key with its secrets; null unless both are given.</summary>
    public ICredentialSource? Credentials { get; private init; }

    /// <summary><c>HUAWEICLOUD_SDK_PROJECT_ID</c>.</summary>
    public string? ProjectId { get; private init; }

    /// <summary><c>HUAWEICLOUD_SDK_IAM_ENDPOINT</c>; null where it is no http or https address.</summary>
    public Uri? IamEndpoint { get; private init; }

    /// <summary>Reads the variables of a process.</summary>
    public static VendorEnvironment Read(IReadOnlyDictionary<string, string> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        return new VendorEnvironment
        {
            Credentials = Secret(variables, AccessKeys) is { } accessKey && Secret(variables, SecretKeys) is { } secretKey
                ? new AccessKeySource(accessKey, secretKey, Secret(variables, "HUAWEICLOUD_SDK_SECURITY_TOKEN"))
                : null,
            ProjectId = First(variables, "HUAWEICLOUD_SDK_PROJECT_ID"),
            IamEndpoint = Uri.TryCreate(First(variables, "HUAWEICLOUD_SDK_IAM_ENDPOINT"), UriKind.Absolute, out var endpoint)
                && endpoint.Scheme is "http" or "https" ? endpoint : null,
        };
    }

    private static FixedSecret? Secret(IReadOnlyDictionary<string, string> variables, params string[] names) =>
        First(variables, names) is { } value ? new FixedSecret(value) : null;

    private static string? First(IReadOnlyDictionary<string, string> variables, params string[] names) =>
        names.Select(name => variables.GetValueOrDefault(name)).FirstOrDefault(value => !string.IsNullOrEmpty(value));
}
