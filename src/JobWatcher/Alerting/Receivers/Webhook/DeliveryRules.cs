using JobWatcher.Alerting.Receivers.Http;
using JobWatcher.Alerts.Deliveries;

namespace JobWatcher.Alerting.Receivers.Webhook;

/// <summary>What becomes of a delivery after an attempt. Pure.</summary>
internal static class DeliveryRules
{
    /// <summary>How old a delivery grows that nobody accepts.</summary>
    public static readonly TimeSpan GivesUpAfter = GivingUp.After;

    /// <summary>The longest time between two attempts, also where the receiver asks for more.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private const int Gone = 410;

    /// <summary>Whether the receiver refuses a delivery for good. Any other failure may pass.</summary>
    public static bool IsRefused(ReceiverAnswer answer) => answer.Status == Gone;

    /// <summary>Decides on a delivery.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="answer">What came of the attempt.</param>
    /// <param name="now">The time, by the watcher's clock.</param>
    /// <param name="random">From 0 to 1.</param>
    public static SettledDelivery Settle(Delivery delivery, ReceiverAnswer answer, DateTimeOffset now, double random)
    {
        if (answer.IsAccepted || IsRefused(answer))
        {
            return new SettledDelivery(delivery, Retry: null);
        }

        var attempts = delivery.Attempts + 1;
        var next = now + Longer(Backoff.Delay(attempts, LongestWait, random), Told(answer));
        // The last attempt comes when its time is up, not before.
        var last = delivery.Created + GivesUpAfter;
        return new SettledDelivery(delivery, new DeliveryRetry(last > now && last < next ? last : next, attempts, answer.Error));
    }

    /// <summary>How long the receiver asks to be left alone, within bounds.</summary>
    public static TimeSpan Told(ReceiverAnswer answer) =>
        answer.RetryAfter is { } told && told > TimeSpan.Zero ? (told < LongestWait ? told : LongestWait) : TimeSpan.Zero;

    /// <summary>The longer of two times.</summary>
    public static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
