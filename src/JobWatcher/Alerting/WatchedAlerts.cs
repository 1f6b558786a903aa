using JobWatcher.Alerts;
using JobWatcher.Planning;
using JobWatcher.Polling.Targets;
using JobWatcher.Snapshots;

namespace JobWatcher.Alerting;

/// <summary>What the clock of alerts remembers of one target, so that a look at a quiet one costs next to nothing.</summary>
internal sealed class WatchedAlerts(TargetWatch watch, TimeProvider time)
{
    private TargetState _state = watch.State;
    private WatchedTarget? _reconciledTarget;
    private bool _reconciledByCloudTime;
    private (Snapshot Snapshot, WatchedTarget Target, bool IsCloudTimeKnown, int Alerts)? _dueOf;
    private DateTimeOffset? _due;

    /// <summary>The target.</summary>
    public TargetWatch Watch => watch;

    /// <summary>The version of the target's row that the last look rests on; null where none was read yet.</summary>
    public long? Version =>
        _state.Record is { Version: not TargetWatch.NoVersion } record ? record.Version : null;

    /// <summary>Looks at the target; null while nothing was read of it.</summary>
    public AlertSight? Look()
    {
        _state = watch.State;
        return Version is null ? null : LookOrGuess();
    }

    /// <summary>What the last look saw, even where nothing was read of the target.</summary>
    public AlertSight LookOrGuess() => new()
    {
        Target = watch.Target,
        Snapshot = _state.Snapshot,
        JobNames = watch.Labels.JobNames,
        CloudTime = _state.Cloud?.Now(time) ?? time.GetUtcNow(),
        OwnTime = time.GetUtcNow(),
        IsCloudTimeKnown = _state.Cloud is not null,
        HasFailedAtStore = watch.IsHeldByStore,
    };

    /// <summary>Whether rule A5 has not been applied to this configuration yet, or without knowing the cloud's time.</summary>
    public bool IsUnreconciled(AlertSight sight) =>
        !ReferenceEquals(_reconciledTarget, sight.Target) || (sight.IsCloudTimeKnown && !_reconciledByCloudTime);

    /// <summary>Rule A5 was applied.</summary>
    public void Reconciled(AlertSight sight) =>
        (_reconciledTarget, _reconciledByCloudTime) = (sight.Target, sight.IsCloudTimeKnown);

    /// <summary>Whether time has something to start or end.</summary>
    public bool IsDue(AlertBoard board)
    {
        var sight = LookOrGuess();
        var firing = board.Of(watch.Target.Name).Where(alert => alert.IsFiring).ToList();
        if (watch.IsUnknown)
        {
            // Stuck jobs are held back, so that what is due of them is left to the next look after that.
            _dueOf = null;
            return !TimedAlerts.At(firing, sight, isUnknown: true).IsEmpty;
        }

        var basis = (sight.Snapshot, sight.Target, sight.IsCloudTimeKnown, firing.Count);
        if (_dueOf != basis)
        {
            (_dueOf, _due) = (basis, TimedAlerts.NextDue(firing, sight));
        }

        if (!(_due <= sight.CloudTime))
        {
            return false;
        }

        // One may end while another starts: what fires is other, though as many.
        _dueOf = null;
        return true;
    }
}
