namespace JobWatcher.HuaweiCloud.Tests;

/// <summary>How often a property is tried: quickly by default, long with <c>JOBWATCHER_LONG_TESTS=1</c>.</summary>
internal static class Iterations
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("JOBWATCHER_LONG_TESTS") is "1";

    public static int Of(int quick, int factor = 50) => IsLong ? quick * factor : quick;
}
