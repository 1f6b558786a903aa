namespace JobWatcher.Configuration.Reading;

/// <summary>A text in a list, with what a fault of it needs.</summary>
internal sealed record TextItem(string Text, Place Place, KeyPath Path);
