using YamlDotNet.Core;

namespace JobWatcher.Configuration.Nodes;

/// <summary>Finds places in a YAML text.</summary>
internal sealed class YamlPlaces(string text, string source, int order)
{
    /// <summary>Where the parser was.</summary>
    public Place At(Mark mark) => new(source, order, (int)mark.Line, (int)mark.Column);

    /// <summary>The first control character that YAML doesn't allow; null where there is none.</summary>
    public Place? FirstControlCharacter()
    {
        var (line, column) = (1, 1);
        foreach (var character in text)
        {
            if (char.IsControl(character) && character is not ('\n' or '\r' or '\t' or '\u0085'))
            {
                return new Place(source, order, line, column);
            }

            (line, column) = character == '\n' ? (line + 1, 1) : (line, column + 1);
        }

        return null;
    }

    /// <summary>What the parser has to say, in this project's form.</summary>
    public ConfigurationFault Fault(YamlException exception)
    {
        var message = exception.Message.TrimEnd('.');
        if (message.Contains(" tab ", StringComparison.Ordinal))
        {
            // The parser tells where the mapping around it begins.
            return new ConfigurationFault(
                FirstTab((int)exception.Start.Line), "", null, "cannot be read as YAML: indent with spaces, not with a tab");
        }

        var hint = char.IsUpper(message, 0) ? "; check quotes, colons and indentation here" : "";
        return new ConfigurationFault(At(exception.Start), "", null, $"cannot be read as YAML: {message}{hint}");
    }

    private Place FirstTab(int fromLine)
    {
        var lines = text.Split('\n');
        for (var line = fromLine; line <= lines.Length; line++)
        {
            var content = lines[line - 1];
            var indentation = content.Length - content.TrimStart(' ', '\t').Length;
            if (content.IndexOf('\t', 0, indentation) is >= 0 and var column)
            {
                return new Place(source, order, line, column + 1);
            }
        }

        return new Place(source, order, fromLine, 1);
    }
}
