
namespace JobWatcher.Alerting.Receivers.Alertmanager;

/// <summary>As what an alert is posted.</summary>
internal enum PostKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>It fires.</summary>
    Firing,

    /// <summary>It has ended.</summary>
    Resolved,
}
