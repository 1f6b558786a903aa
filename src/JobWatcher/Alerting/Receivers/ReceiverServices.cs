using JobWatcher.Alerting.Receivers.Alertmanager;
using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Alerting.Receivers.Webhook;
using JobWatcher.Alerts.Deliveries;
using JobWatcher.Background;
using JobWatcher.Storage;

namespace JobWatcher.Alerting.Receivers;

/// <summary>Registers those who are told of alerts.</summary>
internal static class ReceiverServices
{
    /// <summary>Adds the receivers of a plan.</summary>
    public static IServiceCollection AddReceivers(this IServiceCollection services, ReceiverPlan plan) => services
        .AddSingleton<IAlertsToSend, AlertsToSend>()
        .AddSingleton<NotificationReports>()
        .AddSingleton(provider => new ReceiverHttp(provider.GetRequiredService<TimeProvider>()))
        // The store is registered once, or the container would close it twice.
        .AddSingleton(provider => new ReceiverParts(
            provider.GetRequiredService<IAlertsToSend>(),
            (IPostStore)provider.GetRequiredService<IWatchStore>(),
            provider.GetRequiredService<ReceiverHttp>(),
            provider.GetRequiredService<NotificationReports>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<AlertmanagerReceivers>()
        .AddSingleton<WebhookReceivers>()
        .AddSingleton<Heartbeat>()
        .AddSingleton(provider => new ReceiversInForce(
            plan,
            [
                provider.GetRequiredService<AlertmanagerReceivers>().RunAsync,
                provider.GetRequiredService<WebhookReceivers>().RunAsync,
                provider.GetRequiredService<Heartbeat>().RunAsync,
            ],
            provider.GetRequiredService<ReceiverParts>().Store,
            provider.GetRequiredService<PendingNotifications>(),
            provider.GetRequiredService<NotificationCounts>(),
            provider.GetRequiredService<AlertOutbox>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddBackgroundLoop<ReceiversInForce>(
            "the sending of alerts", (receivers, stopping) => receivers.RunAsync(stopping));
}
