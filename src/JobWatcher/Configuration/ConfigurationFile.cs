namespace JobWatcher.Configuration;

/// <summary>Reads a file of the configuration, within bounds.</summary>
internal static class ConfigurationFile
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>The file's text; null, with a fault told, when it cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">The name to tell places by.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static string? Read(string path, string source, FaultList faults)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Length > MostBytes)
            {
                faults.Add(new Place(source), "", $"this file is larger than {MostBytes} bytes; move targets into targetFiles");
                return null;
            }

            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            faults.Add(
                new Place(source), "",
                "there is no such file; name one with --config or JOBWATCHER_CONFIG, or put jobwatcher.yaml into the working directory");
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add(new Place(source), "", $"this file cannot be read ({exception.Message}); let it be a readable file");
            return null;
        }
    }
}
