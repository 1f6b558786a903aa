namespace JobWatcher.Simulator.Scenarios;

/// <summary>How jobs of one name go.</summary>
/// <param name="Name">The job name.</param>
/// <param name="Weight">How often it occurs, against the other kinds.</param>
/// <param name="Shortest">The shortest time that it runs.</param>
/// <param name="Longest">The longest time that it runs, when nothing is wrong.</param>
/// <param name="CanRunOn">Whether it makes sense on an idle instance; null: it makes an instance of its own.</param>
/// <param name="Succeed">What its success changes.</param>
internal sealed record JobKind(
    string Name,
    int Weight,
    TimeSpan Shortest,
    TimeSpan Longest,
    Predicate<InstanceStory>? CanRunOn,
    Action<InstanceStory> Succeed)
{
    public const string Create = "CreateGaussDBforMySQLInstance";
    public const string Delete = "DeleteGaussDBforMySQLInstance";
    public const string Rename = "RenameGaussDBforMySQLInstance";

    private const int MaxNodes = 6;

    /// <summary>All kinds of the reference. Those of a few seconds end between two polls of most watchers.</summary>
    public static IReadOnlyList<JobKind> All { get; } =
    [
        Creation(Create, weight: 3, 480, 900),
        Creation("RestoreGaussDBforMySQLNewInstance", weight: 1, 900, 2700),
        Weighty(Delete, 60, 240, Any, on => on.IsGone = true),
        Weighty("AddGaussDBforMySQLNodes", 360, 720, on => on.Nodes < MaxNodes, on => on.Nodes++),
        Weighty("DeleteGaussDBforMySQLNode", 120, 300, on => on.Nodes > 2, on => on.Nodes--),
        Plain("RebootGaussDBforMySQLInstance", weight: 4, 60, 180),
        Plain("ResizeGaussDBforMySQLFlavor", weight: 3, 300, 900),
        Plain("SwitchoverGaussDBforMySQLMasterNode", weight: 2, 20, 90),
        Plain("UpgradeGaussDBforMySQLDatabaseVersion", weight: 1, 600, 1800),
        Plain("ModifyGaussDBforMySQLPort", weight: 1, 10, 40),
        Plain("ModifyGaussDBforMySQLSecurityGroup", weight: 1, 2, 10),
        Plain("GaussDBforMySQLModifyInstanceMetricExtend", weight: 1, 2, 15),
        Plain("GaussDBforMySQLModifyInstanceDataVip", weight: 1, 10, 60),
        Plain("GaussDBforMySQLSwitchSSL", weight: 1, 5, 60),
        Plain(Rename, weight: 2, 1, 5),
        Weighty("GaussDBforMySQLBindEIP", 3, 20, on => !on.HasAddress, on => on.HasAddress = true),
        Weighty("GaussDBforMySQLUnbindEIP", 2, 10, on => on.HasAddress, on => on.HasAddress = false),
        Weighty("OpenGaussDBforMySQLProxy", 180, 480, on => !on.HasProxy, on => on.HasProxy = true),
        Weighty("CloseGaussDBforMySQLProxy", 60, 180, on => on.HasProxy, on => on.HasProxy = false),
        OfProxy("EnlargeGaussDBforMySQLProxy", 120, 360),
        OfProxy("ScaleGaussDBforMySQLProxy", 180, 480),
        OfProxy("GaussdbforMySQLModifyProxyIp", 10, 60),
        OfProxy("GaussDBforMySQLModifyProxyConsist", 5, 30),
        OfProxy("GaussDBforMySQLModifyProxyWeight", 2, 20),
    ];

    public bool Creates => CanRunOn is null;

    private static JobKind Creation(string name, int weight, int shortest, int longest)
        => new(name, weight, Seconds(shortest), Seconds(longest), null, Nothing);

    private static JobKind Plain(string name, int weight, int shortest, int longest)
        => new(name, weight, Seconds(shortest), Seconds(longest), Any, Nothing);

    private static JobKind Weighty(
        string name, int shortest, int longest, Predicate<InstanceStory> canRunOn, Action<InstanceStory> succeed)
        => new(name, 2, Seconds(shortest), Seconds(longest), canRunOn, succeed);

    private static JobKind OfProxy(string name, int shortest, int longest)
        => new(name, 1, Seconds(shortest), Seconds(longest), instance => instance.HasProxy, Nothing);

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static bool Any(InstanceStory instance) => true;

    private static void Nothing(InstanceStory instance)
    {
    }
}
