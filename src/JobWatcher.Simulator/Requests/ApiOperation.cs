namespace JobWatcher.Simulator.Requests;

/// <summary>What a request asks for.</summary>
public enum ApiOperation
{
    /// <summary><c>GET /v3/{project_id}/immediate-jobs</c>.</summary>
    ListImmediateJobs,

    /// <summary><c>POST /v3/auth/tokens</c> of IAM.</summary>
    CreateToken,

    /// <summary><c>GET /v3/projects</c> of IAM.</summary>
    ListProjects,

    /// <summary><c>PUT /meta-data/latest/api/token</c> of a cloud server.</summary>
    CreateMetadataToken,

    /// <summary><c>GET /openstack/latest/securitykey</c> of a cloud server.</summary>
    GetSecurityKey,
}
