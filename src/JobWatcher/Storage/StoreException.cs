namespace JobWatcher.Storage;

/// <summary>The store cannot be used. The message is one sentence with the way out, fit for a user's eyes.</summary>
internal sealed class StoreException(string message, Exception? innerException = null)
    : Exception(message, innerException);
