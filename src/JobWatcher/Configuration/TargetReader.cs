using System.Text.RegularExpressions;
using JobWatcher.HuaweiCloud.Regions;

namespace JobWatcher.Configuration;

/// <summary>Reads one entry of <c>targets</c>.</summary>
internal sealed partial class TargetReader(
    PollingConfiguration polling,
    IReadOnlyCollection<string> credentials,
    bool hasCredentials,
    IReadOnlyDictionary<string, string> commonLabels)
{
    private const int IntervalsUntilUnknown = 3;
    private const int LeastIntervalsUntilUnknown = 2;
    private static readonly TimeSpan LeastUnknownAfter = TimeSpan.FromMinutes(5);

    /// <summary>The shortest time between two polls.</summary>
    public static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(1);

    /// <summary>Reads a target; null where anything of it is wrong.</summary>
    public TargetConfiguration? Read(MappingReader reader)
    {
        var name = reader.RequiredText("name", "give the target a name of its own, such as prod");
        if (name is not null && !NamePattern().IsMatch(name))
        {
            reader.Fault("name", $"{ConfigurationFault.Quote(name)} is no name; use 1 to 63 letters, digits, dots, dashes and underscores");
        }

        var region = reader.RequiredText("region", "name the region, such as cn-north-4");
        var projectId = ReadProjectId(reader);
        var entry = ReadCredentials(reader);
        var endpoint = ReadEndpoint(reader, region);
        var interval = reader.Time("interval", LeastInterval) ?? polling.Interval;
        var jobNames = reader.Texts("jobNames").Select(text => text.Value!).ToList();
        var labels = LabelsReader.Read(reader, "labels", commonLabels);
        reader.Finish();

        if (name is null || region is null || projectId is null || entry is null || endpoint is null)
        {
            return null;
        }

        return new TargetConfiguration
        {
            Name = name,
            Region = region,
            ProjectId = projectId,
            Credentials = entry,
            Endpoint = endpoint,
            Interval = interval,
            UnknownAfter = UnknownAfter(reader, interval),
            JobNames = jobNames,
            Labels = labels,
        };
    }

    private static string? ReadProjectId(MappingReader reader)
    {
        var projectId = reader.RequiredText(
            "projectId", "give the 32 letters and digits that the console shows under My Credentials for the region");
        if (projectId is null || ProjectIdPattern().IsMatch(projectId))
        {
            return projectId;
        }

        reader.Fault(
            "projectId",
            $"{ConfigurationFault.Quote(projectId)} is no project id; it has 32 lower-case letters and digits, "
            + "and the console shows it under My Credentials");
        return null;
    }

    private string? ReadCredentials(MappingReader reader)
    {
        var entry = reader.Text("credentials") ?? CredentialsReader.DefaultEntry;
        if (credentials.Contains(entry))
        {
            return entry;
        }

        reader.Fault("credentials", hasCredentials
            ? $"{ConfigurationFault.Quote(entry)} is no entry of credentials; there are: {string.Join(", ", credentials)}"
            : "there are no credentials; add an entry under credentials, or set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK");
        return null;
    }

    private static Uri? ReadEndpoint(MappingReader reader, string? region)
    {
        var mayBeHttp = reader.Flag("allowHttp") == true;
        if (reader.Text("endpoint") is not { } text)
        {
            return reader.Has("endpoint") || region is null ? null : EndpointOf(reader, region);
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("https" or "http") ||
            endpoint.Query.Length + endpoint.Fragment.Length + endpoint.UserInfo.Length > 0)
        {
            reader.Fault("endpoint", $"{ConfigurationFault.Quote(text)} is no address; write it like https://gaussdb.cn-north-4.myhuaweicloud.com");
            return null;
        }

        if (endpoint.Scheme == "http" && !endpoint.IsLoopback && !mayBeHttp)
        {
            reader.Fault("endpoint", $"{ConfigurationFault.Quote(text)} is not encrypted; use https, or allowHttp: true where nobody can listen");
            return null;
        }

        return endpoint;
    }

    private static Uri? EndpointOf(MappingReader reader, string region)
    {
        if (RegionTable.Find(region) is { } known)
        {
            return known.TaurusDbEndpoint;
        }

        var closest = Spelling.Closest(region, RegionTable.Names);
        reader.Fault(
            "region",
            $"{ConfigurationFault.Quote(region)} is no region of the public cloud"
            + (closest is null ? "" : $", did you mean {closest}?")
            + $"; give an endpoint for another cloud, or one of: {string.Join(", ", RegionTable.Names)}");
        return null;
    }

    private TimeSpan UnknownAfter(MappingReader reader, TimeSpan interval)
    {
        if (polling.UnknownAfter is not { } unknownAfter)
        {
            return TimeSpan.FromTicks(Math.Max(LeastUnknownAfter.Ticks, (interval * IntervalsUntilUnknown).Ticks));
        }

        if (unknownAfter < interval * LeastIntervalsUntilUnknown)
        {
            reader.Fault(
                "interval",
                $"{new Duration(interval)} is more than half of polling.unknownAfter ({new Duration(unknownAfter)}), "
                + "so that one failed poll would make the state unknown; shorten it or raise polling.unknownAfter");
        }

        return unknownAfter;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,63}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[a-z0-9]{32}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ProjectIdPattern();
}
