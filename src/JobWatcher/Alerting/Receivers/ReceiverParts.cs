using System.Net;
using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Storage;

namespace JobWatcher.Alerting.Receivers;

/// <summary>What receivers are made of, whichever they are.</summary>
internal sealed record ReceiverParts(
    IAlertsToSend Alerts, IPostStore Store, ReceiverHttp Http, NotificationReports Reports, TimeProvider Time)
{
    /// <summary>Resolves a name; by default as the system does.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;
}
