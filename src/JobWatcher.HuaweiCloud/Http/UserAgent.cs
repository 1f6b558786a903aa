namespace JobWatcher.HuaweiCloud.Http;

/// <summary>By what name the client calls itself.</summary>
internal static class UserAgent
{
    public static readonly string Value =
        $"JobWatcher/{typeof(UserAgent).Assembly.GetName().Version?.ToString(3) ?? "0.0.0"}";
}
