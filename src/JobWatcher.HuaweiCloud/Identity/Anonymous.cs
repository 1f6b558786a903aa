using JobWatcher.HuaweiCloud.Authentication;

namespace JobWatcher.HuaweiCloud.Identity;

/// <summary>Nobody: who asks for a token proves in the body who he is.</summary>
internal sealed record Anonymous : Credentials
{
    public static readonly ICredentialSource Source = new FixedCredentials(new Anonymous());

    internal override IEnumerable<Secret> Secrets => [];
}
