namespace JobWatcher.Alerting.Receivers;

/// <summary>What became of one attempt to notify a receiver, as the public contract spells it.</summary>
internal enum NotificationOutcome
{
    /// <summary>The receiver took it.</summary>
    Accepted,

    /// <summary>It failed, and is tried again.</summary>
    Retried,

    /// <summary>The receiver refuses it: a webhook for good, an Alertmanager until it takes it.</summary>
    Rejected,

    /// <summary>It was tried for too long, and is given up.</summary>
    Expired,
}
