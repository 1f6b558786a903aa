using System.Diagnostics;

namespace JobWatcher.HuaweiCloud.Authentication;

/// <summary>
/// A text that must not be seen: printing, logging, destructuring or serializing it gives no more than <c>***</c>,
/// since only a method, never a property, gives the text back.
/// </summary>
[DebuggerDisplay("***")]
public sealed class Secret
{
    private readonly string _value;

    /// <summary>Wraps a secret.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null or empty.</exception>
    public Secret(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _value = value;
    }

    /// <summary>Wraps a secret. There is no way back but <see cref="Reveal"/>, which is easy to search for.</summary>
    public static implicit operator Secret(string value) => new(value);

    /// <summary>The text itself, for the one place that sends or signs with it.</summary>
    public string Reveal() => _value;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
