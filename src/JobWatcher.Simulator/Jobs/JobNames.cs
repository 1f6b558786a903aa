namespace JobWatcher.Simulator.Jobs;

/// <summary>The job names of the vendor's reference, spelled as there: one has a lower-case <c>db</c>.</summary>
public static class JobNames
{
    /// <summary>All 24 of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "CreateGaussDBforMySQLInstance",
        "RestoreGaussDBforMySQLNewInstance",
        "AddGaussDBforMySQLNodes",
        "DeleteGaussDBforMySQLNode",
        "RebootGaussDBforMySQLInstance",
        "ModifyGaussDBforMySQLPort",
        "ModifyGaussDBforMySQLSecurityGroup",
        "ResizeGaussDBforMySQLFlavor",
        "SwitchoverGaussDBforMySQLMasterNode",
        "GaussDBforMySQLBindEIP",
        "GaussDBforMySQLUnbindEIP",
        "RenameGaussDBforMySQLInstance",
        "DeleteGaussDBforMySQLInstance",
        "UpgradeGaussDBforMySQLDatabaseVersion",
        "EnlargeGaussDBforMySQLProxy",
        "OpenGaussDBforMySQLProxy",
        "CloseGaussDBforMySQLProxy",
        "GaussdbforMySQLModifyProxyIp",
        "ScaleGaussDBforMySQLProxy",
        "GaussDBforMySQLModifyInstanceMetricExtend",
        "GaussDBforMySQLModifyInstanceDataVip",
        "GaussDBforMySQLSwitchSSL",
        "GaussDBforMySQLModifyProxyConsist",
        "GaussDBforMySQLModifyProxyWeight",
    ];
}
