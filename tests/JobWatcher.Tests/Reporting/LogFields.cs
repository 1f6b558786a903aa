using Serilog.Events;

namespace JobWatcher.Tests.Reporting;

/// <summary>Reads the fields of a log event.</summary>
internal static class LogFields
{
    /// <summary>The value of a field that holds one value; fails where it holds several.</summary>
    public static object? Field(this LogEvent logEvent, string name) =>
        Assert.IsType<ScalarValue>(logEvent.Properties[name]).Value;
}
