using JobWatcher.Configuration.Credentials;

namespace JobWatcher.Tests.Configuration.Credentials;

/// <summary>The lines of an entry begin with line 7.</summary>
public sealed class CredentialsSectionTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    [Theory]
    [InlineData("{}", "6:12: credentials.default: holds no credentials; give accessKey and secretKeyFile, or tokenFile, or domain, user and passwordFile, or instanceMetadata: true")]
    [InlineData("sk-topsecret", "6:12: credentials.default: must hold keys, each with a value")]
    [InlineData("{ token: topsecret, securityToken: topsecret }", "6:12: credentials.default: has an access key and a token; keep one of them")]
    [InlineData("{ secretKey: topsecret }", "6:12: credentials.default.accessKey: is missing; give accessKey or accessKeyFile")]
    [InlineData("{ accessKey: topsecret }", "6:12: credentials.default.secretKey: is missing; give secretKey or secretKeyFile")]
    [InlineData("{ user: ops, passwordFile: token }", "6:12: credentials.default.domain: is missing; give the account's name")]
    [InlineData("{ domain: acme, user: ops }", "6:12: credentials.default.password: is missing; give password or passwordFile")]
    [InlineData("{ instanceMetadata: false }", "6:32: credentials.default.instanceMetadata: is false, and nothing else is given; set it to true or give other credentials")]
    [InlineData("{ instanceMetadata: true, token: topsecret }", "6:12: credentials.default: has a token and instance metadata; keep one of them")]
    [InlineData("{ token: topsecret, tokenFile: token }", "6:43: credentials.default.tokenFile: stands beside token; keep one of them")]
    [InlineData("{ token: top secret }", "6:21: credentials.default.token: holds a space or another character that no key or token has; copy it anew")]
    [InlineData("{ token: tópsecret }", "6:21: credentials.default.token: holds a space or another character that no key or token has; copy it anew")]
    [InlineData("{ token: \"topsecret\\n\" }", "6:21: credentials.default.token: holds the invisible character U+000A; type the value anew, on one line")]
    [InlineData("{ token: [topsecret] }", "6:21: credentials.default.token: takes one value, not a list")]
    [InlineData("{ token: { topsecret } }", "6:21: credentials.default.token: takes one value, not keys of its own")]
    [InlineData("{ token: *topsecret }", "6:21: cannot be read as YAML: an alias of nothing above it; quote a value that begins with *")]
    [InlineData("{ token: !topsecret x }", "6:21: credentials.default.token: has a YAML tag, which has no meaning here; quote a value that begins with !")]
    [InlineData("{ tokn: topsecret, token: t }", "6:14: credentials.default.tokn: is not a known key; did you mean token?")]
    [InlineData("{ tokenFile: nowhere/token }", "6:25: credentials.default.tokenFile: \"nowhere/token\" does not exist (looked for at FOLDER/nowhere/token)")]
    [InlineData("{ tokenFile: . }", "6:25: credentials.default.tokenFile: \".\" is a folder, not a file (looked for at FOLDER)")]
    [InlineData("{ tokenFile: empty }", "6:25: credentials.default.tokenFile: \"empty\" is empty (looked for at FOLDER/empty)")]
    [InlineData("{ tokenFile: lines }", "6:25: credentials.default.tokenFile: holds a space or another character that no key or token has; copy it anew")]
    [InlineData("{ tokenFile: large }", "6:25: credentials.default.tokenFile: \"large\" is larger than 64 KiB (looked for at FOLDER/large)")]
    public void A_faulty_entry_is_told_without_its_secrets(string entry, string line)
    {
        _folder.Write("token", "topsecret");
        _folder.Write("empty", "\n");
        _folder.Write("lines", "topsecret\n\n");
        _folder.Write("large", new string('x', 64 * 1024 + 1));

        var lines = _folder.FaultsOf(ConfigurationFolder.Target + $"credentials:\n  default: {entry}\n");

        Assert.Equal(["jobwatcher.yaml:" + line], lines);
    }

    [Fact]
    public void A_user_has_a_password_of_any_characters()
    {
        _folder.Write("pw", "two words, ümlaut\n");

        var configuration = _folder.LoadValid(
            ConfigurationFolder.Target + "credentials: { default: { domain: acme, user: ops, passwordFile: pw } }");

        var user = Assert.IsType<UserConfiguration>(configuration.Credentials["default"]);
        Assert.Equal("two words, ümlaut", user.Password.Value.Reveal());
        Assert.Equal(Path.Combine(_folder.Path, "pw"), user.Password.File);
    }

    [Fact]
    public void The_name_of_an_entry_fits_a_label() =>
        Assert.Equal(
            ["jobwatcher.yaml:9:3: credentials.a b: is not a name; use 1 to 63 letters, digits, dots, underscores and hyphens"],
            _folder.FaultsOf(ConfigurationFolder.Valid + "  a b: { token: t }\n"));

    [Theory]
    [InlineData("s3cret", "s3cret")]
    [InlineData("s3cret\n", "s3cret")]
    [InlineData("s3cret\r\n", "s3cret")]
    public void A_secret_file_loses_one_line_end(string content, string secret)
    {
        _folder.Write("secrets/sk", content);

        var configuration = _folder.LoadValid(
            ConfigurationFolder.Target + "credentials: { default: { accessKeyFile: secrets/sk, secretKeyFile: secrets/sk } }");

        var credentials = Assert.IsType<AccessKeyConfiguration>(configuration.Credentials["default"]);
        Assert.Equal(secret, credentials.SecretKey.Value.Reveal());
        Assert.Equal(secret, credentials.AccessKey.Value.Reveal());
    }

    [Theory]
    [InlineData("HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK")]
    [InlineData("CLOUD_SDK_AK", "CLOUD_SDK_SK")]
    public void Without_the_section_the_variables_of_the_vendors_tools_count(string accessKey, string secretKey)
    {
        _folder.Environment[accessKey] = "AK";
        _folder.Environment[secretKey] = "sk";
        _folder.Environment["HUAWEICLOUD_SDK_SECURITY_TOKEN"] = accessKey.StartsWith('H') ? "st" : "";

        var configuration = _folder.LoadValid(ConfigurationFolder.Target);

        var credentials = Assert.IsType<AccessKeyConfiguration>(configuration.Credentials["default"]);
        Assert.Equal(("AK", "sk"), (credentials.AccessKey.Value.Reveal(), credentials.SecretKey.Value.Reveal()));
        Assert.Equal(accessKey.StartsWith('H') ? "st" : null, credentials.SecurityToken?.Value.Reveal());
    }

    [Fact]
    public void The_section_goes_before_the_variables()
    {
        _folder.Environment["HUAWEICLOUD_SDK_AK"] = "other";

        var configuration = _folder.LoadValid(ConfigurationFolder.Valid);

        Assert.Equal("AKEXAMPLE", Assert.IsType<AccessKeyConfiguration>(configuration.Credentials["default"]).AccessKey.Value.Reveal());
    }

    [Theory]
    [InlineData("HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK: is not set, but its partner is; set both HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK")]
    [InlineData("CLOUD_SDK_SK", "CLOUD_SDK_AK: is not set, but its partner is; set both CLOUD_SDK_AK and CLOUD_SDK_SK")]
    public void Half_a_pair_of_variables_is_told(string variable, string line)
    {
        _folder.Environment[variable] = "topsecret";

        Assert.Equal([line], _folder.FaultsOf(ConfigurationFolder.Target));
    }

    [Fact]
    public void A_variable_that_can_be_no_key_is_told_without_its_value()
    {
        _folder.Environment["HUAWEICLOUD_SDK_AK"] = "AK";
        _folder.Environment["HUAWEICLOUD_SDK_SK"] = "topsecret\n";

        Assert.Equal(
            ["HUAWEICLOUD_SDK_SK: holds a space or another character that no key or token has; copy it anew"],
            _folder.FaultsOf(ConfigurationFolder.Target));
    }

    [Theory]
    [InlineData("", "1:1")]
    [InlineData("credentials:\n", "5:13")]
    [InlineData("credentials: {}\n", "5:14")]
    public void No_credentials_at_all_are_one_fault(string section, string place) =>
        Assert.Equal(
            [
                $"jobwatcher.yaml:{place}: credentials: is missing; add an entry with accessKey and secretKeyFile, or set " +
                "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK",
            ],
            _folder.FaultsOf(ConfigurationFolder.Target + section));

    public void Dispose() => _folder.Dispose();
}
