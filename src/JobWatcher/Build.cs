using System.Reflection;

namespace JobWatcher;

/// <summary>Which build of the program this is.</summary>
internal static class Build
{
    private static readonly string[] Parts =
        (typeof(Build).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0")
        .Split('+', 2);

    /// <summary>The version, such as <c>0.1.0</c>.</summary>
    public static string Version => Parts[0];

    /// <summary>The source revision; <c>unknown</c> when it was built outside a repository.</summary>
    public static string Revision => Parts.Length > 1 ? Parts[1] : "unknown";
}
