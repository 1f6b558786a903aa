using System.Collections.Frozen;
using System.Text.RegularExpressions;
using JobWatcher.Alerts.Rules;
using JobWatcher.Configuration.Alerting;
using JobWatcher.Configuration.Credentials;
using JobWatcher.Configuration.Reading;
using JobWatcher.HuaweiCloud.Regions;
using JobWatcher.Text;

namespace JobWatcher.Configuration.Targets;

/// <summary>Reads targets and checks them against each other and against what the other sections say.</summary>
/// <param name="polling">The defaults of polling.</param>
/// <param name="credentials">The entries of credentials; empty where that is a fault already told.</param>
/// <param name="labels">The labels for all targets.</param>
/// <param name="rules">The rules of alerts for all targets.</param>
internal sealed partial class TargetReader(
    PollingConfiguration polling,
    IReadOnlyDictionary<string, CredentialsConfiguration?> credentials,
    IReadOnlyDictionary<string, string> labels,
    AlertRules rules)
{
    private const string ProjectVariable = "HUAWEICLOUD_SDK_PROJECT_ID";
    private const string IamEndpointVariable = "HUAWEICLOUD_SDK_IAM_ENDPOINT";
    private const string DefaultCredentials = "default";
    private const int MostNamesTold = 20;

    private readonly Dictionary<string, Place> _names = new(StringComparer.Ordinal);
    private readonly CertificateFiles _certificates = new();

    /// <summary>Reads one target; null where it is faulty.</summary>
    public TargetConfiguration? Read(MappingReader target)
    {
        var name = target.RequiredText("name", "give the target a name of its own", Names.Problem);
        var region = target.RequiredText("region", "give the project's region, such as cn-north-4", Names.Problem);
        var project = ProjectId(target);
        var allowHttp = target.Flag("allowHttp") ?? false;
        var endpoint = Endpoint(target, region, allowHttp);
        var entry = Credentials(target);
        var interval = Interval(target);
        var jobNames = target.Texts("jobNames");
        var all = AllLabels(target);
        var alerting = target.Section(
            "alerting", section => section.Section("rules", own => AlertRulesReader.Read(own, rules)));
        Claim(target, name);

        var needsIam = project is null || credentials.GetValueOrDefault(entry) is UserConfiguration;
        var iamEndpoint = IamEndpoint(target, region, allowHttp, needsIam);
        var caFile = _certificates.Read(target);

        return name is null || region is null || endpoint is null
            ? null
            : new TargetConfiguration
            {
                Name = name,
                Region = region,
                ProjectId = project,
                Credentials = entry,
                Endpoint = endpoint,
                IamEndpoint = iamEndpoint,
                CaFile = caFile,
                Interval = interval,
                UnknownAfter = polling.UnknownAfterFor(interval),
                JobNames = jobNames.Select(jobName => jobName.Text).ToFrozenSet(StringComparer.Ordinal),
                Labels = all,
                Rules = alerting,
            };
    }

    private void Claim(MappingReader target, string? name)
    {
        if (name is null || _names.TryAdd(name, target.PlaceOf("name")))
        {
            return;
        }

        target.Fault("name", $"is already the name of the target at {_names[name]}; names are unique", name);
    }

    private static Uri? Endpoint(MappingReader target, string? region, bool allowHttp)
    {
        if (target.Has("endpoint"))
        {
            return target.Address("endpoint", address => EncryptionProblem(address, allowHttp));
        }

        var known = region is null ? null : RegionTable.Find(region);
        if (region is null || known is not null)
        {
            return known?.TaurusDbEndpoint;
        }

        var hint = Closest.To(region, RegionTable.Names) is { } closest
            ? $"did you mean {closest}? For others name the endpoint as well"
            : $"name its endpoint as well, or take one of {string.Join(", ", RegionTable.Names)}";
        target.Fault("region", $"is not a region that JobWatcher knows; {hint}", region);
        return null;
    }

    // Left out, it is that of the vendor's variable, else looked up by the region's name.
    private static string? ProjectId(MappingReader target)
    {
        var given = target.Text("projectId", ProjectProblem);
        return given ?? (target.Has("projectId") ? null : target.Session.VariableText(ProjectVariable, ProjectProblem));
    }

    private static Uri? IamEndpoint(MappingReader target, string? region, bool allowHttp, bool needed)
    {
        if (target.Has("iamEndpoint"))
        {
            return target.Address("iamEndpoint", address => EncryptionProblem(address, allowHttp));
        }

        var known = region is null ? null : RegionTable.Find(region)?.IamEndpoint;
        if (known is not null)
        {
            return known;
        }

        if (target.Session.Variable(IamEndpointVariable) is { } told)
        {
            return target.Session.Address(
                told, Place.Variable(IamEndpointVariable), KeyPath.Root, address => EncryptionProblem(address, allowHttp));
        }

        if (needed && region is not null)
        {
            target.Fault(
                "iamEndpoint",
                $"is missing, and the identity service of {region} is not known; give its address, or else projectId and an access key");
        }

        return null;
    }

    private string Credentials(MappingReader target)
    {
        var entry = target.Text("credentials") ?? DefaultCredentials;
        if (credentials.Count > 0 && !credentials.ContainsKey(entry))
        {
            var some = string.Join(", ", credentials.Keys.Take(MostNamesTold));
            target.Fault("credentials", $"is not an entry of credentials; there are {some}", entry);
        }

        return entry;
    }

    private Duration Interval(MappingReader target)
    {
        if (PollingConfiguration.ReadInterval(target) is not { } interval)
        {
            return polling.Interval;
        }

        if (polling.UnknownAfter < 2 * interval)
        {
            target.Fault(
                "interval", $"is more than half of polling.unknownAfter, {polling.UnknownAfter}; raise that one",
                interval.ToString());
        }

        return interval;
    }

    private Dictionary<string, string> AllLabels(MappingReader target)
    {
        var own = Labels.Read(target);
        var all = labels.Concat(own).GroupBy(label => label.Key).ToDictionary(
            group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
        if (all.Count > Labels.Most && own.Count <= Labels.Most && labels.Count <= Labels.Most)
        {
            target.Fault("labels", $"and those for all targets are {all.Count}, more than the {Labels.Most} that are allowed");
        }

        return all;
    }

    private static string? EncryptionProblem(Uri address, bool allowHttp) =>
        address.Scheme == Uri.UriSchemeHttps || address.IsLoopback || allowHttp
            ? null
            : "is not encrypted; use https, or add allowHttp: true to the target";

    private static string? ProjectProblem(string id) => Project.IsMatch(id)
        ? null
        : "is not a project id, which has 32 lower-case letters and digits; the console shows it under My Credentials";

    [GeneratedRegex(@"^[a-z0-9]{32}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Project { get; }
}
