using System.Runtime.InteropServices;
using JobWatcher.Polling.Budgets;
using JobWatcher.Storage;

namespace JobWatcher.Reporting.Metrics;

/// <summary>What the process tells of itself.</summary>
internal sealed class ProcessSamples(StoreHealth store, EntryShares shares, NotificationSamples notifications, TimeProvider time)
{
    private double _configured = MetricTime.Seconds(time.GetUtcNow());
    private double _isConfigurationGood = 1;

    /// <summary>The configuration was read, and is valid.</summary>
    public void ConfigurationIsGood()
    {
        Volatile.Write(ref _configured, MetricTime.Seconds(time.GetUtcNow()));
        Volatile.Write(ref _isConfigurationGood, 1);
    }

    /// <summary>The configuration was read and is faulty, or could not be read.</summary>
    public void ConfigurationIsFaulty() => Volatile.Write(ref _isConfigurationGood, 0);

    /// <summary>The samples of this moment.</summary>
    /// <param name="targets">How many targets are configured, all of which this process polls.</param>
    public IEnumerable<Sample> Now(int targets) =>
    [
        new Sample(MetricFamilies.ConfigLastReloadSuccessful, Volatile.Read(ref _isConfigurationGood)),
        new Sample(MetricFamilies.ConfigLastReloadSuccess, Volatile.Read(ref _configured)),
        new Sample(MetricFamilies.StoreUp, store.IsUp ? 1 : 0),
        new Sample(MetricFamilies.ConfiguredTargets, targets),
        new Sample(MetricFamilies.OwnedTargets, targets),
        new Sample(
            MetricFamilies.BuildInfo, 1,
            ("version", Build.Version), ("revision", Build.Revision), ("runtime", RuntimeInformation.FrameworkDescription)),
        .. shares.All.Select(share => new Sample(
            MetricFamilies.RequestBudgetRemaining, share.Limits.Budget.RemainingRatio, ("credentials", share.Name))),
        .. notifications.Now(),
    ];
}
