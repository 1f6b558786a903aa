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
        new(Delete, 2, Seconds(60), Seconds(240), Any, instance => instance.IsGone = true),
        new("AddGaussDBforMySQLNodes", 2, Seconds(360), Seconds(720), instance => instance.Nodes < MaxNodes, instance => instance.Nodes++),
        new("DeleteGaussDBforMySQLNode", 2, Seconds(120), Seconds(300), instance => instance.Nodes > 2, instance => instance.Nodes--),
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
        new("GaussDBforMySQLBindEIP", 2, Seconds(3), Seconds(20), instance => !instance.HasAddress, instance => instance.HasAddress = true),
        new("GaussDBforMySQLUnbindEIP", 2, Seconds(2), Seconds(10), instance => instance.HasAddress, instance => instance.HasAddress = false),
        new("OpenGaussDBforMySQLProxy", 2, Seconds(180), Seconds(480), instance => !instance.HasProxy, instance => instance.HasProxy = true),
        new("CloseGaussDBforMySQLProxy", 1, Seconds(60), Seconds(180), instance => instance.HasProxy, instance => instance.HasProxy = false),
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

    private static JobKind OfProxy(string name, int shortest, int longest)
        => new(name, 1, Seconds(shortest), Seconds(longest), instance => instance.HasProxy, Nothing);

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static bool Any(InstanceStory instance) => true;

    private static void Nothing(InstanceStory instance)
    {
    }
}
