using JobWatcher.Configuration.Reading;
using JobWatcher.HuaweiCloud.Authentication;

namespace JobWatcher.Configuration;

/// <summary>
/// Reads whom to be: the section <c>credentials</c>, or the variables of the vendor's tools where it is left out.
/// </summary>
internal static class CredentialsSection
{
    // Those of the vendor's SDKs and those of its reference's samples.
    private static readonly (string AccessKey, string SecretKey, string? SecurityToken)[] VendorVariables =
    [
        ("HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN"),
        ("CLOUD_SDK_AK", "CLOUD_SDK_SK", null),
    ];

    /// <summary>The entries by name; null for each that is faulty.</summary>
    public static IReadOnlyDictionary<string, Credentials?> Read(MappingReader root)
    {
        var faultsBefore = root.Session.Faults.Count;
        var entries = root.Entries("credentials", Names.Problem, ReadEntry);
        if (entries.Count > 0 || root.Session.Faults.Count > faultsBefore)
        {
            return entries;
        }

        foreach (var (accessKey, secretKey, securityToken) in VendorVariables)
        {
            if (root.Session.Variable(accessKey) is not null || root.Session.Variable(secretKey) is not null)
            {
                return new Dictionary<string, Credentials?>(StringComparer.Ordinal)
                {
                    ["default"] = FromVariables(root.Session, accessKey, secretKey, securityToken),
                };
            }
        }

        root.Fault(
            "credentials",
            "is missing; add an entry with accessKey and secretKeyFile, or set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK");
        return entries;
    }

    private static Credentials? ReadEntry(MappingReader entry)
    {
        // All are asked for, or those left out here would be unknown keys.
        var hasToken = entry.HasSecret("token");
        var hasAccessKey = entry.HasSecret("accessKey");
        var hasSecretKey = entry.HasSecret("secretKey");
        var hasSecurityToken = entry.HasSecret("securityToken");
        if (hasToken == (hasAccessKey || hasSecretKey || hasSecurityToken))
        {
            entry.Fault(hasToken
                ? "has both a token and an access key; keep one of them"
                : "holds no credentials; give accessKey and secretKeyFile, or tokenFile");
            return null;
        }

        return hasToken ? ReadToken(entry) : ReadAccessKey(entry);
    }

    private static TokenCredentials? ReadToken(MappingReader entry) =>
        entry.Secret("token") is { } token ? new TokenCredentials(token) : null;

    private static AccessKeyCredentials? ReadAccessKey(MappingReader entry)
    {
        // Read as a secret too: people swap the two keys.
        var accessKey = Required(entry, "accessKey");
        var secretKey = Required(entry, "secretKey");
        var securityToken = entry.Secret("securityToken");
        return accessKey is null || secretKey is null
            ? null
            : new AccessKeyCredentials(accessKey.Reveal(), secretKey, securityToken);
    }

    private static Secret? Required(MappingReader entry, string key)
    {
        if (!entry.HasSecret(key))
        {
            entry.Fault(key, $"is missing; give {key} or {key}File");
        }

        return entry.Secret(key);
    }

    private static AccessKeyCredentials? FromVariables(
        ReadingSession session, string accessKey, string secretKey, string? securityToken)
    {
        var missing = session.Variable(accessKey) is null ? accessKey : session.Variable(secretKey) is null ? secretKey : null;
        if (missing is not null)
        {
            session.Fault(
                Place.Variable(missing), KeyPath.Root, $"is not set, but its partner is; set both {accessKey} and {secretKey}");
            return null;
        }

        var key = FromVariable(session, accessKey);
        var secret = FromVariable(session, secretKey);
        var token = securityToken is null ? null : FromVariable(session, securityToken);
        return key is null || secret is null ? null : new AccessKeyCredentials(key.Reveal(), secret, token);
    }

    private static Secret? FromVariable(ReadingSession session, string name) => session.Variable(name) is { } text
        ? session.Secret(text, Place.Variable(name), KeyPath.Root)
        : null;
}
