using System.Collections.Concurrent;
using JobWatcher.HuaweiCloud.Authentication;
using JobWatcher.HuaweiCloud.ImmediateJobs;

namespace JobWatcher.HuaweiCloud.Tests.Wire;

/// <summary>A client of a test server, and the calls that it reported.</summary>
internal sealed class WireClient : IDisposable
{
    public const string ProjectId = "619d3e78f61b4be68bc5aa0b59edcf7b";

    public static readonly TimeSpan RequestTimeout = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http;

    public WireClient(
        Uri endpoint,
        Credentials? credentials = null,
        TimeProvider? time = null,
        TimeSpan? timeout = null,
        Func<ImmediateJobsClientOptions, ImmediateJobsClientOptions>? with = null)
        : this(endpoint, new FixedCredentials(credentials ?? new TokenCredentials("t0k3n")), time, timeout, with)
    {
    }

    public WireClient(
        Uri endpoint,
        ICredentialSource credentials,
        TimeProvider? time = null,
        TimeSpan? timeout = null,
        Func<ImmediateJobsClientOptions, ImmediateJobsClientOptions>? with = null,
        HttpClient? http = null)
    {
        _http = http ?? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        var options = new ImmediateJobsClientOptions
        {
            Endpoint = endpoint,
            ProjectId = ProjectId,
            RequestTimeout = timeout ?? RequestTimeout,
            Called = Calls.Enqueue,
        };
        Client = new ImmediateJobsClient(
            _http, with is null ? options : with(options), credentials, time ?? new SkippingTime(RequestTimeout));
    }

    public ImmediateJobsClient Client { get; }

    public ConcurrentQueue<ApiCall> Calls { get; } = new();

    public void Dispose() => _http.Dispose();
}
