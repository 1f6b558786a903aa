using JobWatcher.HuaweiCloud.Authentication;

namespace JobWatcher.Polling;

/// <summary>A target with what its client needs.</summary>
/// <param name="Target">The target.</param>
/// <param name="Credentials">Whom to be.</param>
/// <param name="RequestTimeout">How long one attempt of one request may take.</param>
/// <param name="Language">The language of the API's messages.</param>
internal sealed record PlannedTarget(
    WatchedTarget Target, ICredentialSource Credentials, TimeSpan RequestTimeout, string Language);
