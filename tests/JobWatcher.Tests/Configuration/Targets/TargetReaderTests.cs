using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JobWatcher.Text;

namespace JobWatcher.Tests.Configuration.Targets;

public sealed class TargetReaderTests : IDisposable
{
    private const string Regions =
        "af-south-1, ap-southeast-1, ap-southeast-2, ap-southeast-3, ap-southeast-4, cn-east-3, cn-east-5, cn-north-11, " +
        "cn-north-2, cn-north-4, cn-north-9, cn-south-1, cn-south-4, cn-southwest-2, cn-southwest-3, la-north-2, me-east-1, " +
        "ru-northwest-2, sa-brazil-1, tr-west-1";

    private readonly ConfigurationFolder _folder = new();

    [Theory]
    [InlineData("name: prod", "name: ''", "2:11: targets[0].name: is empty; give a value or leave the key out")]
    [InlineData("name: prod", "name: a/b", "2:11: targets[0].name: \"a/b\" is not a name; use 1 to 63 letters, digits, dots, underscores and hyphens")]
    [InlineData("name: prod", "name:", "2:10: targets[0].name: is missing; give the target a name of its own")]
    [InlineData("    region: cn-north-4\n", "", "2:5: targets[0].region: is missing; give the project's region, such as cn-north-4")]
    [InlineData("cn-north-4", "cn-north-44", "3:13: targets[0].region: \"cn-north-44\" is not a region that JobWatcher knows; did you mean cn-north-4? For others name the endpoint as well")]
    [InlineData("cn-north-4", "here", "3:13: targets[0].region: \"here\" is not a region that JobWatcher knows; name its endpoint as well, or take one of " + Regions)]
    [InlineData("619d3e78f61b4be68bc5aa0b59edcf7b", "619D3E78F61B4BE68BC5AA0B59EDCF7B", "4:16: targets[0].projectId: \"619D3E78F61B4BE68BC5AA0B59EDCF7B\" is not a project id, which has 32 lower-case letters and digits; the console shows it under My Credentials")]
    public void A_required_key_is_there_and_valid(string valid, string faulty, string line) =>
        Assert.Equal(
            ["jobwatcher.yaml:" + line],
            _folder.FaultsOf(ConfigurationFolder.Valid.Replace(valid, faulty, StringComparison.Ordinal)));

    [Theory]
    [InlineData("endpoint: http://taurus.internal", "15: targets[0].endpoint: \"http://taurus.internal\" is not encrypted; use https, or add allowHttp: true to the target")]
    [InlineData("endpoint: taurus.internal", "15: targets[0].endpoint: \"taurus.internal\" is not an address; write it like https://host or http://host:port")]
    [InlineData("endpoint: ftp://taurus.internal", "15: targets[0].endpoint: \"ftp://taurus.internal\" is not an address; write it like https://host or http://host:port")]
    [InlineData("endpoint: https://taurus.internal?a=b", "15: targets[0].endpoint: \"https://taurus.internal?a=b\" has a query or fragment; take it out")]
    [InlineData("endpoint: https://me:hunter2@taurus.internal", "15: targets[0].endpoint: holds a @, as an address with a user or password does; take them out")]
    [InlineData("iamEndpoint: http://iam.internal", "18: targets[0].iamEndpoint: \"http://iam.internal\" is not encrypted; use https, or add allowHttp: true to the target")]
    [InlineData("allowHttp: perhaps", "16: targets[0].allowHttp: \"perhaps\" is not a yes or no; write true or false")]
    [InlineData("credentials: prod", "18: targets[0].credentials: \"prod\" is not an entry of credentials; there are default")]
    [InlineData("interval: 3m", "15: targets[0].interval: \"3m\" is more than half of polling.unknownAfter, 5m; raise that one")]
    [InlineData("jobNames: [a, '']", "19: targets[0].jobNames[1]: is empty; give a value or leave the key out")]
    [InlineData("jobNames: a", "15: targets[0].jobNames: must be a list, each item on a line of its own after a dash")]
    [InlineData("labels: { target: x }", "15: targets[0].labels.target: is a label of JobWatcher's own or of Prometheus; choose another name")]
    [InlineData("labels: { i: 1, j: 1, k: 1 }", "13: targets[0].labels: and those for all targets are 11, more than the 10 that are allowed")]
    [InlineData("alowHttp: true", "5: targets[0].alowHttp: is not a known key; did you mean allowHttp?")]
    public void An_optional_key_is_valid(string key, string line) =>
        Assert.Equal(
            ["jobwatcher.yaml:5:" + line],
            _folder.FaultsOf(
                ConfigurationFolder.Target + "    " + key + "\n" + ConfigurationFolder.Credentials +
                "polling: { unknownAfter: 5m }\nlabels: { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1 }\n"));

    [Theory]
    [InlineData("endpoint: http://127.0.0.1:8080")]
    [InlineData("endpoint: http://localhost:8080")]
    [InlineData("endpoint: 'http://[::1]:8080'")]
    [InlineData("endpoint: https://taurus.internal/base")]
    [InlineData("{ endpoint: http://taurus.internal, allowHttp: true }")]
    public void An_endpoint_is_encrypted_or_on_loopback_or_allowed(string keys)
    {
        var lines = string.Concat(keys.Trim('{', '}', ' ').Split(", ").Select(key => $"    {key}\n"));

        var configuration = _folder.LoadValid(
            ConfigurationFolder.Target.Replace("cn-north-4", "private-1", StringComparison.Ordinal) + lines + ConfigurationFolder.Credentials);

        Assert.Equal("private-1", Assert.Single(configuration.Targets).Region);
    }

    [Fact]
    public void Two_targets_of_one_name_are_told_with_both_places() =>
        Assert.Equal(
            ["jobwatcher.yaml:5:11: targets[1].name: \"prod\" is already the name of the target at jobwatcher.yaml:2:11; names are unique"],
            _folder.FaultsOf(
                ConfigurationFolder.Target + ConfigurationFolder.Target.Replace("targets:\n", "", StringComparison.Ordinal) +
                ConfigurationFolder.Credentials));

    [Fact]
    public void An_item_that_is_no_target_is_told() =>
        Assert.Equal(
            ["jobwatcher.yaml:5:5: targets[1]: must hold keys, each with a value"],
            _folder.FaultsOf(ConfigurationFolder.Target + "  - other\n" + ConfigurationFolder.Credentials));

    [Theory]
    [InlineData("30s", "5m")]
    [InlineData("2m", "6m")]
    public void Unknown_begins_after_five_minutes_and_three_intervals(string interval, string unknownAfter)
    {
        var configuration = _folder.LoadValid(
            ConfigurationFolder.Target + $"    interval: {interval}\n" + ConfigurationFolder.Credentials);

        Assert.Equal(unknownAfter, Assert.Single(configuration.Targets).UnknownAfter.ToString());
    }

    [Fact]
    public void Two_intervals_are_just_enough_for_unknown()
    {
        var configuration = _folder.LoadValid(
            ConfigurationFolder.Target + "    interval: 1m\n" + ConfigurationFolder.Credentials + "polling: { unknownAfter: 2m }\n");

        Assert.Equal(Duration.Minutes(2), Assert.Single(configuration.Targets).UnknownAfter);
    }

    [Fact]
    public void A_project_that_is_left_out_is_looked_up_at_the_regions_identity_service()
    {
        var target = Assert.Single(_folder.LoadValid(
            WithoutProject(ConfigurationFolder.Valid)).Targets);

        Assert.Null(target.ProjectId);
        Assert.Equal("https://iam.cn-north-4.myhuaweicloud.com/", target.IamEndpoint?.AbsoluteUri);
    }

    [Theory]
    [InlineData("http://iam.internal", "\"http://iam.internal\" is not encrypted; use https, or add allowHttp: true to the target")]
    [InlineData("iam.internal", "\"iam.internal\" is not an address; write it like https://host or http://host:port")]
    [InlineData("ftp://iam.internal", "\"ftp://iam.internal\" is not an address; write it like https://host or http://host:port")]
    [InlineData("https://me:hunter2@iam.internal", "holds a @, as an address with a user or password does; take them out")]
    public void The_vendors_variable_of_the_identity_service_obeys_the_keys_rules(string address, string fault)
    {
        _folder.Environment["HUAWEICLOUD_SDK_IAM_ENDPOINT"] = address;

        Assert.Equal(["HUAWEICLOUD_SDK_IAM_ENDPOINT: " + fault], _folder.FaultsOf(Private() + ConfigurationFolder.Credentials));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", "")]
    [InlineData("https://iam.internal", "")]
    [InlineData("http://iam.internal", "    allowHttp: true\n")]
    public void The_vendors_variable_of_the_identity_service_counts_where_the_regions_is_not_known(string address, string keys)
    {
        _folder.Environment["HUAWEICLOUD_SDK_IAM_ENDPOINT"] = address;

        var target = Assert.Single(_folder.LoadValid(Private() + keys + ConfigurationFolder.Credentials).Targets);

        Assert.Equal(new Uri(address), target.IamEndpoint);
    }

    [Fact]
    public void The_vendors_variable_of_the_project_obeys_the_keys_rule_and_is_told_once_for_all_targets()
    {
        _folder.Environment["HUAWEICLOUD_SDK_PROJECT_ID"] = "619D3E78";
        var target = WithoutProject(ConfigurationFolder.Target);
        var other = target.Replace("targets:\n", "", StringComparison.Ordinal).Replace("prod", "other", StringComparison.Ordinal);

        Assert.Equal(
            ["HUAWEICLOUD_SDK_PROJECT_ID: \"619D3E78\" is not a project id, which has 32 lower-case letters and digits; the console shows it under My Credentials"],
            _folder.FaultsOf(target + other + ConfigurationFolder.Credentials));
    }

    [Theory]
    [InlineData(null, "does not exist")]
    [InlineData("", "holds no certificate; name a PEM file of certificates")]
    [InlineData("not a certificate", "holds no certificate; name a PEM file of certificates")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "holds a certificate that is broken; copy it anew")]
    public void A_file_of_certificates_holds_some(string? text, string fault)
    {
        if (text is not null)
        {
            _folder.Write("ca.pem", text);
        }

        Assert.Equal(
            [$"jobwatcher.yaml:5:13: targets[0].caFile: \"ca.pem\" {fault} (looked for at FOLDER/ca.pem)"],
            _folder.FaultsOf(ConfigurationFolder.Target + "    caFile: ca.pem\n" + ConfigurationFolder.Credentials));
    }

    [Fact]
    public void A_file_of_certificates_is_one_of_the_configurations_sources()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=private", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
        var file = _folder.Write("ca.pem", certificate.ExportCertificatePem());

        var result = _folder.LoadYaml(ConfigurationFolder.Target + "    caFile: ca.pem\n" + ConfigurationFolder.Credentials);

        Assert.Empty(_folder.Lines(result));
        Assert.Equal(file, Assert.Single(result.Configuration!.Targets).CaFile);
        Assert.Contains(file, result.Sources.Paths);
    }

    public void Dispose() => _folder.Dispose();

    private static string Private() =>
        WithoutProject(ConfigurationFolder.Target).Replace("cn-north-4", "private-1", StringComparison.Ordinal) +
        "    endpoint: https://taurus.internal\n";

    private static string WithoutProject(string yaml) =>
        yaml.Replace("    projectId: 619d3e78f61b4be68bc5aa0b59edcf7b\n", "", StringComparison.Ordinal);
}
