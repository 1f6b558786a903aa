using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace JobWatcher.Simulator.Commands;

/// <summary>Reads option values; a bad one is named together with the way out.</summary>
internal static partial class OptionParsers
{
    public static Uri? Listen(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && SimulatorServer.IsLoopback(address))
        {
            return address;
        }

        result.AddError($"--listen {text}: the simulator listens on loopback only, as on http://127.0.0.1:8089.");
        return null;
    }

    public static double Speed(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed)
            && speed is > 0 and <= 100_000)
        {
            return speed;
        }

        result.AddError($"--speed {text}: use a number above 0, up to 100000.");
        return default;
    }

    public static int? Jobs(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var jobs) && jobs <= 1_000_000)
        {
            return jobs;
        }

        result.AddError($"--jobs {text}: use a number from 0 to 1000000.");
        return null;
    }

    public static string[] Projects(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(token => !ProjectId().IsMatch(token.Value)))
        {
            result.AddError($"--project {token.Value}: a project id has 32 lower-case letters and digits.");
        }

        return [.. result.Tokens.Select(token => token.Value).Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"^[a-z0-9]{32}\z", RegexOptions.None, 1000)]
    private static partial Regex ProjectId();
}
