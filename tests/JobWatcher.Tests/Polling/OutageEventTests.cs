using System.Text.Json;
using JobWatcher.HuaweiCloud;
using JobWatcher.Tests.Reporting;
using static JobWatcher.Tests.Snapshots.Sight;

namespace JobWatcher.Tests.Polling;

/// <summary>The contract's events of targets, as lines of the log.</summary>
public sealed class OutageEventTests : IDisposable
{
    private static readonly string[] Frame = ["@t", "@m", "@l", "EventId", "SourceContext"];

    private static readonly string[] OutageKeys =
    [
        "Target", "Region", "ProjectId", "Credentials", "Outcome", "HttpStatus", "ErrorCode", "RequestId", "Since",
        "OutageSeconds",
    ];

    private readonly WatchRig _rig = new();

    [Theory]
    [InlineData("PollFailed", 1105, "Warning", true)]
    [InlineData("TargetUnreachable", 1102, "Error", true)]
    [InlineData("TargetRecovered", 1103, "Information", false)]
    public async Task An_outages_events_have_the_contracts_keys_and_no_others(
        string name, int id, string level, bool hasReason)
    {
        await LiveThroughAnOutageAsync();

        var json = JsonLine.Of(_rig.Log.Single(name));

        string[] expected = [.. Frame, .. OutageKeys, .. hasReason ? ["Reason"] : Array.Empty<string>()];
        Assert.Equal(expected.Order(), JsonLine.KeysOf(json).Order());
        Assert.Equal($$"""{"Id":{{id}},"Name":"{{name}}"}""", json.GetProperty("EventId").GetRawText());
        Assert.Equal(level, json.GetProperty("@l").GetString());
        Assert.StartsWith("JobWatcher", json.GetProperty("SourceContext").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Their_fields_have_the_contracts_types()
    {
        await LiveThroughAnOutageAsync();

        var json = JsonLine.Of(_rig.Log.Single("TargetUnreachable"));

        Assert.Equal("prod", json.GetProperty("Target").GetString());
        Assert.Equal(500, json.GetProperty("HttpStatus").GetInt32());
        Assert.Equal(300, json.GetProperty("OutageSeconds").GetDouble());
        Assert.Equal("2024-05-06T11:59:30.0000000Z", json.GetProperty("Since").GetString());
    }

    [Fact]
    public async Task What_a_recovery_does_not_know_is_null()
    {
        await LiveThroughAnOutageAsync();

        var json = JsonLine.Of(_rig.Log.Single("TargetRecovered"));

        Assert.All(
            ["HttpStatus", "ErrorCode", "RequestId"],
            key => Assert.Equal(JsonValueKind.Null, json.GetProperty(key).ValueKind));
    }

    [Theory]
    [InlineData("TargetBaselined", "Target", "Jobs", "OpenJobs", "FailedJobs")]
    [InlineData("ListingIncomplete", "Target", "Listed", "TotalCount")]
    public async Task The_events_of_listings_have_their_keys_and_numbers(string name, params string[] keys)
    {
        _rig.Client.Lists(Incomplete(Running()));
        await _rig.PollAsync();

        var json = JsonLine.Of(_rig.Log.Single(name));

        Assert.Equal(Frame.Concat(keys).Order(), JsonLine.KeysOf(json).Order());
        Assert.All(keys[1..], key => Assert.Equal(JsonValueKind.Number, json.GetProperty(key).ValueKind));
    }

    public void Dispose() => _rig.Dispose();

    private async Task LiveThroughAnOutageAsync()
    {
        await _rig.BaselineAsync();
        _rig.Client.Fails(CloudFault.Error);
        for (var time = TimeSpan.Zero; time <= _rig.Target.UnknownAfter; time += _rig.Target.Interval)
        {
            await _rig.PollAgainAsync();
        }

        await _rig.PollNextAsync();
    }
}
