namespace JobWatcher.Background;

/// <summary>The last line of a process that ends by a fault.</summary>
internal static partial class FatalLog
{
    /// <summary>Tells the fault and what it struck.</summary>
    /// <param name="logger">The log.</param>
    /// <param name="exception">The fault; null where the runtime has none to show.</param>
    /// <param name="part">The part of the program, as the subject of a sentence.</param>
    [LoggerMessage(
        EventIds.Fatal, LogLevel.Critical, "The process ends, because of a fault in {Part}.",
        EventName = nameof(EventIds.Fatal))]
    public static partial void Write(ILogger logger, Exception? exception, string part);
}
