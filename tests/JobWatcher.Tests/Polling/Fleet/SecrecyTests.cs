using System.Globalization;
using System.Text.RegularExpressions;
using JobWatcher.Configuration.Credentials;
using JobWatcher.HuaweiCloud.Budget;
using JobWatcher.Planning;
using JobWatcher.Simulator.Authentication;
using JobWatcher.Tests.Reporting;
using Microsoft.Extensions.Logging;

namespace JobWatcher.Tests.Polling.Fleet;

/// <summary>
/// The service with its most verbose log, whose calls succeed and fail in many ways, most of which give the request back.
/// Standard output is the process's own: this runs while no other test does.
/// </summary>
[Collection(nameof(StandardOutput))]
public sealed partial class SecrecyTests : IAsyncLifetime
{
    // Whatever JSON and the log make of the quotation mark in a password, this part of it stays.
    private const string Unmistakable = "NobodyMaySee";
    private const string AccessKey = "AKTHATMAYBESEEN";
    private const string SecretKey = "secretKeyThat" + Unmistakable;
    private const string SecurityToken = "securityTokenThat" + Unmistakable;
    private const string Password = "pass\"word+that" + Unmistakable;
    private const string Token = "tokenThat" + Unmistakable;

    private static readonly SimulatedAccount Account = SimulatedAccount.Example with
    {
        AccessKey = AccessKey,
        SecretKey = SecretKey,
        SecurityToken = SecurityToken,
        Password = Password,
        Tokens = [Token],
    };

    private static readonly IReadOnlyList<CredentialsConfiguration> Kinds =
    [
        new AccessKeyConfiguration(
            new SecretConfiguration(AccessKey), new SecretConfiguration(SecretKey), new SecretConfiguration(SecurityToken)),
        new TokenConfiguration(new SecretConfiguration(Token)),
        new UserConfiguration(Account.Domain, Account.User, new SecretConfiguration(Password)),
    ];

    private readonly TextWriter _output = Console.Out;
    private readonly TextWriter _error = Console.Error;
    private readonly StringWriter _written = new(CultureInfo.InvariantCulture);
    private readonly EchoServer _echo = new();
    private readonly HttpClient _http = new();

    private FleetRig _fleet = null!;
    private bool _isStopped;

    public async ValueTask InitializeAsync()
    {
        var writer = TextWriter.Synchronized(_written);
        Console.SetOut(writer);
        Console.SetError(writer);
        _fleet = await FleetRig.CreateAsync(new FleetPlan(
            Kinds.Count * (EchoServer.Ways.Count + 2),
            Interval: TimeSpan.FromSeconds(1),
            PollTimeout: TimeSpan.FromSeconds(20),
            UnknownAfter: TimeSpan.FromSeconds(1),
            RequestTimeout: TimeSpan.FromSeconds(1),
            new RequestRate(100_000, TimeSpan.FromMinutes(5)))
        {
            LogLevel = LogLevel.Trace,
            Vary = Varied,
        });
        _fleet.Cloud.Credentials.Add(Account);
        await _fleet.StartAsync();
    }

    [Fact]
    public async Task Neither_the_log_nor_a_page_shows_a_secret_a_token_or_a_signature()
    {
        await Eventually.Holds(
            () => _fleet.Watches.All(watch => watch.State.Polls.Values.Sum() >= 2 && (watch.IsUnknown || watch.State.HasAnswered)),
            TimeSpan.FromMinutes(2));
        var pages = await PageAsync("metrics") + await PageAsync("readyz") + await PageAsync("livez");
        await StopAsync();

        var shown = _written + pages;
        Assert.Contains("TargetUnreachable", shown, StringComparison.Ordinal);
        Assert.Contains("jobwatcher_", pages, StringComparison.Ordinal);
        Assert.NotEmpty(Signatures());
        Assert.DoesNotContain(Hidden(), secret => shown.Contains(secret, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("Signature=", shown.Replace("Signature=***", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Console.SetOut(_output);
        Console.SetError(_error);
        await _echo.DisposeAsync();
        _http.Dispose();
    }

    // What was written may be read once nobody writes any more.
    private async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await _fleet.DisposeAsync();
        }
    }

    // For each kind of credentials: a cloud that is well, an identity service that echoes, and each way of a sick cloud.
    private PlannedTarget Varied(int number, PlannedTarget target)
    {
        var way = (number / Kinds.Count) - 2;
        var endpoint = way >= 0 ? _echo.For(EchoServer.Ways[way]) : target.Target.Endpoint;
        return target with
        {
            Target = target.Target with { Endpoint = endpoint, Credentials = target.Target.Name },
            Credentials = Kinds[number % Kinds.Count],
            IamEndpoint = way == -1 ? _echo.For("json-403") : target.IamEndpoint,
        };
    }

    private async Task<string> PageAsync(string path) =>
        await (await _http.GetAsync(new Uri(_fleet.Address, path), WatchRig.Token)).Content.ReadAsStringAsync(WatchRig.Token);

    private List<string> Signatures() => Sent(Signature);

    // The tokens that the identity service issued are among those that were sent.
    private IEnumerable<string> Hidden() =>
    [
        Unmistakable,
        .. Signatures(),
        .. Sent(AuthToken).Select(token => token[..Math.Min(token.Length, 40)]),
    ];

    private List<string> Sent(Regex pattern) =>
        [.. _echo.Requests.SelectMany(request => pattern.Matches(request)).Select(match => match.Groups["value"].Value).Distinct()];

    [GeneratedRegex("Signature=(?<value>[0-9a-f]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Signature { get; }

    [GeneratedRegex("X-Auth-Token: (?<value>\\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AuthToken { get; }
}
