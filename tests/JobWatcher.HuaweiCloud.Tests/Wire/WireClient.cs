using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.HuaweiCloud.Tests.Wire;

/// <summary>A client of a test server, and the calls that it reported.</summary>
internal sealed class WireClient : IDisposable
{
    public const string ProjectId = "619d3e78f61b4be68bc5aa0b59edcf7b";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public WireClient(Uri endpoint, Credentials? credentials = null, TimeProvider? time = null, TimeSpan? timeout = null)
    {
        var options = new ImmediateJobsClientOptions
        {
            Endpoint = endpoint,
            ProjectId = ProjectId,
            RequestTimeout = timeout ?? TimeSpan.FromSeconds(30),
            Called = Calls.Add,
        };
        Client = new ImmediateJobsClient(
            _http, options, new FixedCredentials(credentials ?? new TokenCredentials("t0k3n")), time ?? TimeProvider.System);
    }

    public ImmediateJobsClient Client { get; }

    public List<ApiCall> Calls { get; } = [];

    public void Dispose() => _http.Dispose();
}
