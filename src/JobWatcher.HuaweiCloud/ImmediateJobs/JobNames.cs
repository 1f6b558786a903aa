namespace JobWatcher.HuaweiCloud.ImmediateJobs;

/// <summary>The job names of the vendor's reference. The set is open: a server may list others.</summary>
public static class JobNames
{
    /// <summary>All 24, in the order of the reference, with the reference's own spelling (one has a lower-case <c>db</c>).</summary>
    public static readonly IReadOnlyList<string> All =
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
