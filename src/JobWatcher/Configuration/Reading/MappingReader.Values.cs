using System.Globalization;
using JobWatcher.Text;

namespace JobWatcher.Configuration.Reading;

/// <content>Single values.</content>
internal sealed partial class MappingReader
{
    /// <summary>One line of text.</summary>
    /// <param name="key">The key.</param>
    /// <param name="problem">
    /// What is wrong with a text and the way out, such as <c>is not a name; write ...</c>; null where nothing is.
    /// </param>
    public string? Text(string key, Func<string, string?>? problem = null)
    {
        var text = session.Text(Value(key), path.Key(key));
        if (text is null || problem?.Invoke(text) is not { } message)
        {
            return text;
        }

        Fault(key, message, text);
        return null;
    }

    /// <summary>One line of text that must be there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="remedy">What to give where it is missing, as <c>give ...</c>.</param>
    /// <param name="problem">What is wrong with a text.</param>
    public string? RequiredText(string key, string remedy, Func<string, string?> problem)
    {
        if (!Has(key))
        {
            Fault(key, $"is missing; {remedy}");
            return null;
        }

        return Text(key, problem);
    }

    /// <summary>A length of time within bounds.</summary>
    public Duration? Duration(string key, Duration least, Duration most)
    {
        var value = default(Duration);
        var text = Text(key, text =>
            !JobWatcher.Text.Duration.TryParse(text, out value) ? "is not a duration; write it like 30s, 5m or 1h30m" :
            value < least || value > most ? $"is not between {least} and {most}" :
            null);
        return text is null ? null : value;
    }

    /// <summary>A whole number within bounds.</summary>
    public int? Integer(string key, int least, int most)
    {
        var value = 0;
        var text = Text(key, text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"is not a whole number from {least} to {most}"));
        return text is null ? null : value;
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool? Flag(string key)
    {
        var value = false;
        var text = Text(key, text => bool.TryParse(text, out value) ? null : "is not a yes or no; write true or false");
        return text is null ? null : value;
    }

    /// <summary>One of a few words, whatever their case.</summary>
    public T? Choice<T>(string key, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        var known = choices.ToArray();
        var text = Text(key, text => known.Any(choice => IsSame(choice.Word, text))
            ? null
            : $"is not known; write {string.Join(", ", known[..^1].Select(choice => choice.Word))} or {known[^1].Word}");
        return text is null ? default : known.First(choice => IsSame(choice.Word, text)).Value;
    }

    /// <summary>An http or https address without user, query and fragment.</summary>
    /// <param name="key">The key.</param>
    /// <param name="problem">What else is wrong with one.</param>
    public Uri? Address(string key, Func<Uri, string?> problem) =>
        Text(key) is { } text ? session.Address(text, PlaceOf(key), path.Key(key), problem) : null;

    /// <summary>The path of a file, made absolute: relative ones start at the configuration file.</summary>
    public string? FilePath(string key) => Text(key) is { } text ? session.Resolve(text) : null;

    private static bool IsSame(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
