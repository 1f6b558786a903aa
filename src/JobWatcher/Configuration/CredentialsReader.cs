using JobWatcher.HuaweiCloud.Authentication;

namespace JobWatcher.Configuration;

/// <summary>Reads the section <c>credentials</c>; left out, the vendor's environment variables stand in for it.</summary>
internal static class CredentialsReader
{
    /// <summary>The entry that a target uses which names none.</summary>
    public const string DefaultEntry = "default";

    private static readonly string[] AccessKeyVariables = ["HUAWEICLOUD_SDK_AK", "CLOUD_SDK_AK"];
    private static readonly string[] SecretKeyVariables = ["HUAWEICLOUD_SDK_SK", "CLOUD_SDK_SK"];
    private const string SecurityTokenVariable = "HUAWEICLOUD_SDK_SECURITY_TOKEN";

    /// <summary>Reads all entries.</summary>
    public static IReadOnlyDictionary<string, Credentials?> Read(
        MappingReader root, IReadOnlyDictionary<string, string> environment, ReadingContext context)
    {
        if (!root.Has("credentials"))
        {
            return FromEnvironment(environment) is { } credentials
                ? new Dictionary<string, Credentials?>(StringComparer.Ordinal) { [DefaultEntry] = credentials }
                : new Dictionary<string, Credentials?>(StringComparer.Ordinal);
        }

        return root.NamedSections("credentials").ToDictionary(
            entry => entry.Name, entry => ReadEntry(entry.Reader, context), StringComparer.Ordinal);
    }

    private static Credentials? ReadEntry(MappingReader entry, ReadingContext context)
    {
        var accessKey = entry.Text("accessKey");
        var secretKey = SecretReader.Read(entry, "secretKey", context);
        var securityToken = SecretReader.Read(entry, "securityToken", context);
        var token = SecretReader.Read(entry, "token", context);
        entry.Finish();

        if (entry.Has("token") || entry.Has("tokenFile"))
        {
            if (entry.Has("accessKey") || entry.Has("secretKey") || entry.Has("secretKeyFile"))
            {
                entry.Fault("token", "an access key is given as well; keep one of the two");
            }

            return token is null ? null : new TokenCredentials(token);
        }

        if (!entry.Has("accessKey") || !(entry.Has("secretKey") || entry.Has("secretKeyFile")))
        {
            entry.Fault(
                entry.Has("accessKey") ? "secretKey" : "accessKey",
                "this key is missing; give accessKey with secretKey or secretKeyFile, or else token or tokenFile");
            return null;
        }

        return accessKey is null || secretKey is null
            ? null
            : new AccessKeyCredentials(accessKey, secretKey, securityToken);
    }

    private static AccessKeyCredentials? FromEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        var accessKey = First(environment, AccessKeyVariables);
        var secretKey = First(environment, SecretKeyVariables);
        if (accessKey is null || secretKey is null)
        {
            return null;
        }

        var securityToken = First(environment, [SecurityTokenVariable]);
        return new AccessKeyCredentials(
            accessKey, new Secret(secretKey), securityToken is null ? null : new Secret(securityToken));
    }

    private static string? First(IReadOnlyDictionary<string, string> environment, IEnumerable<string> names) =>
        names.Select(name => environment.GetValueOrDefault(name)).FirstOrDefault(value => !string.IsNullOrEmpty(value));
}
