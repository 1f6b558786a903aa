using System.Globalization;
using JobWatcher.Text;

namespace JobWatcher.Configuration;

/// <summary>Where a setting was read: a file's line and column, or an environment variable.</summary>
/// <param name="Source">The file as its user names it, or the variable's name.</param>
/// <param name="Order">Where the source stands among all; faults are told in this order.</param>
/// <param name="Line">From 1; 0 where the whole source is meant.</param>
/// <param name="Column">From 1; 0 where the whole source is meant.</param>
internal readonly record struct Place(string Source, int Order, int Line = 0, int Column = 0)
{
    private const int EnvironmentOrder = int.MaxValue;

    /// <summary>Whether it is an environment variable.</summary>
    public bool IsEnvironment => Order == EnvironmentOrder;

    /// <summary>An environment variable.</summary>
    public static Place Variable(string name) => new(name, EnvironmentOrder);

    /// <inheritdoc/>
    public override string ToString() => Line == 0
        ? FaultText.Visible(Source)
        : string.Create(CultureInfo.InvariantCulture, $"{FaultText.Visible(Source)}:{Line}:{Column}");
}
