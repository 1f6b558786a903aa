namespace JobWatcher.Background;

/// <summary>Work that goes on beside the polls for as long as the process does.</summary>
/// <param name="Name">What it is, as the subject of a sentence: <c>the reporting of transitions</c>.</param>
/// <param name="RunAsync">
/// Runs until its token fires. What it can get over, such as a store that is away, it handles itself: an exception that
/// leaves it, or a return before it was told to, ends the process.
/// </param>
internal sealed record BackgroundLoop(string Name, Func<CancellationToken, Task> RunAsync);
