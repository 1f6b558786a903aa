namespace JobWatcher.Alerts;

/// <summary>What an alert is about: no two fire at once under one key (rule A1 of the protocol).</summary>
/// <param name="Target">The target.</param>
/// <param name="Name">The rule.</param>
/// <param name="JobId">The job; empty for an alert about the target itself.</param>
internal readonly record struct AlertKey(string Target, AlertName Name, string JobId);
