namespace JobWatcher.Commands;

/// <summary>Tells that <c>--target</c> names none.</summary>
internal static class UnknownTarget
{
    /// <summary>The sentence, with the names that there are.</summary>
    public static string Told(IEnumerable<string> names) =>
        $"--target: no target has this name; there are {string.Join(", ", names)}";
}
