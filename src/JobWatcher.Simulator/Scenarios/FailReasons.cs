namespace JobWatcher.Simulator.Scenarios;

/// <summary>What failed jobs say.</summary>
internal static class FailReasons
{
    public static IReadOnlyList<string> All { get; } =
    [
        "Single task exception.",
        "The instance is being operated by another task.",
        "Insufficient resources in AZ cn-north-4b. Try another AZ or try again later.",
        "Insufficient quota: instances 50/50.",
        "The EIP 203.0.113.24 is already bound to another port.",
        "Subnet 1b8cbf53-1a35-45d8-bb9c-2b60c1e7cc53 has no available IP address.",
        "Connection to the primary node timed out after 120000 ms.",
        "Failed to start node: mysqld exited with code 137.",
        "Replication delay of 4217 s exceeds the limit, switchover refused.",
        "DFV storage volume is in state error_extending.",
        "Proxy health check failed: 2 of 2 nodes unreachable.",
        "Restore point 2018-08-06T10:41:14+0000 is not in the backup range.",
        "Order payment timed out.",
        "Internal error, error code: DBS.111204, task: step_wait_vm_active",
    ];
}
