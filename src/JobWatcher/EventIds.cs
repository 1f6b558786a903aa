namespace JobWatcher;

/// <summary>
/// The identities of all log events that users rely on. A number or name is never used for another event; what goes
/// out of use stays here as a comment.
/// </summary>
internal static class EventIds
{
    public const int JobAppeared = 1001;
    public const int JobStatusChanged = 1002;
    public const int JobVanished = 1003;

    public const int TargetBaselined = 1101;
    public const int TargetUnreachable = 1102;
    public const int TargetRecovered = 1103;
    public const int ListingIncomplete = 1104;
    public const int PollFailed = 1105;
    public const int PollRecovered = 1106;
    public const int JobsUnreadable = 1107;
    public const int CommitRefused = 1108;
    public const int IntervalsStretched = 1109;
    public const int IntervalsRestored = 1110;
    public const int PollFaulted = 1115;
    public const int WindowsUnreliable = 1121;
    public const int WindowsTriedAgain = 1122;

    public const int AlertFiring = 1201;
    public const int AlertResolved = 1202;
    public const int NotificationFailed = 1203;
    public const int AlertsUnreported = 1204;
    public const int HeartbeatFailed = 1205;

    public const int ConfigurationReloaded = 1301;
    public const int ConfigurationRejected = 1302;

    public const int StoreUnavailable = 1401;
    public const int StoreAvailable = 1402;
    public const int TransitionsUnreported = 1403;
    public const int HistoryKept = 1404;
    public const int TargetForgotten = 1405;
    public const int StoreNotClosed = 1406;

    public const int Started = 1501;
    public const int Stopping = 1502;
    public const int Fatal = 1503;
    public const int LeftUnreported = 1504;
    public const int FaultUnobserved = 1505;
    public const int ClockJumped = 1506;
    public const int ClockSkewed = 1507;
}
