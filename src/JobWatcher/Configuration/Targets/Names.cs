using System.Text.RegularExpressions;

namespace JobWatcher.Configuration.Targets;

/// <summary>The form of names that become label values: of targets, regions and entries of credentials.</summary>
internal static partial class Names
{
    /// <summary>What is wrong with a name and the way out; null where nothing is.</summary>
    public static string? Problem(string name) => Form.IsMatch(name)
        ? null
        : "is not a name; use 1 to 63 letters, digits, dots, underscores and hyphens";

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form { get; }
}
