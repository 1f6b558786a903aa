using JobWatcher.Configuration.Reading;
using JobWatcher.Configuration.Targets;

namespace JobWatcher.Configuration.Credentials;

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
    public static IReadOnlyDictionary<string, CredentialsConfiguration?> Read(MappingReader root)
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
                return new Dictionary<string, CredentialsConfiguration?>(StringComparer.Ordinal)
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

    private static CredentialsConfiguration? ReadEntry(MappingReader entry)
    {
        // All are asked for, or those left out here would be unknown keys.
        (string Kind, bool IsGiven, Func<MappingReader, CredentialsConfiguration?> Read)[] kinds =
        [
            ("an access key", entry.HasSecret("accessKey") | entry.HasSecret("secretKey") | entry.HasSecret("securityToken"),
                ReadAccessKey),
            ("a token", entry.HasSecret("token"), ReadToken),
            ("a user", entry.Has("domain") | entry.Has("user") | entry.HasSecret("password"), ReadUser),
            ("instance metadata", entry.Has("instanceMetadata"), ReadMetadata),
        ];
        var given = kinds.Where(kind => kind.IsGiven).ToList();
        if (given.Count == 1)
        {
            return given[0].Read(entry);
        }

        entry.Fault(given.Count == 0
            ? "holds no credentials; give accessKey and secretKeyFile, or tokenFile, or domain, user and passwordFile, or instanceMetadata: true"
            : $"has {string.Join(" and ", given.Select(kind => kind.Kind))}; keep one of them");
        return null;
    }

    private static AccessKeyConfiguration? ReadAccessKey(MappingReader entry)
    {
        var accessKey = Required(entry, "accessKey");
        var secretKey = Required(entry, "secretKey");
        var securityToken = entry.Secret("securityToken");
        return accessKey is null || secretKey is null ? null : new AccessKeyConfiguration(accessKey, secretKey, securityToken);
    }

    private static TokenConfiguration? ReadToken(MappingReader entry) =>
        entry.Secret("token") is { } token ? new TokenConfiguration(token) : null;

    private static UserConfiguration? ReadUser(MappingReader entry)
    {
        var domain = entry.RequiredText("domain", "give the account's name", _ => null);
        var user = entry.RequiredText("user", "give the user's name", _ => null);
        var password = Required(entry, "password", entry.Password);
        return domain is null || user is null || password is null ? null : new UserConfiguration(domain, user, password);
    }

    private static InstanceMetadataConfiguration? ReadMetadata(MappingReader entry)
    {
        if (entry.Flag("instanceMetadata") is not false)
        {
            return new InstanceMetadataConfiguration();
        }

        entry.Fault("instanceMetadata", "is false, and nothing else is given; set it to true or give other credentials");
        return null;
    }

    private static SecretConfiguration? Required(MappingReader entry, string key) => Required(entry, key, entry.Secret);

    private static SecretConfiguration? Required(
        MappingReader entry, string key, Func<string, SecretConfiguration?> read)
    {
        if (!entry.HasSecret(key))
        {
            entry.Fault(key, $"is missing; give {key} or {key}File");
        }

        return read(key);
    }

    private static AccessKeyConfiguration? FromVariables(
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
        return key is null || secret is null ? null : new AccessKeyConfiguration(key, secret, token);
    }

    private static SecretConfiguration? FromVariable(ReadingSession session, string name) =>
        session.Variable(name) is { } text && session.Secret(text, Place.Variable(name), KeyPath.Root) is { } secret
            ? new SecretConfiguration(secret)
            : null;
}
