namespace JobWatcher.Simulator.Answers;

/// <summary>A body and its media type.</summary>
internal readonly record struct Content(ReadOnlyMemory<byte> Body, string Type);
