using System.Globalization;

namespace JobWatcher.EndToEndTests.Programs;

/// <summary>
/// The clock of one program, set while it runs as somebody would set the machine's: Debian's <c>faketime</c> stands between
/// the program and the system, which must be installed. The monotonic time and the times of files are left alone. Let the
/// program end by itself: killed, it leaves what the library shares between processes.
/// </summary>
internal sealed class FakedClock
{
    private readonly string _file;

    /// <summary>Creates one that is so much ahead.</summary>
    /// <param name="folder">Keeps the file that the program reads at each look at its clock.</param>
    /// <param name="ahead">Negative where it is behind.</param>
    public FakedClock(TempFolder folder, TimeSpan ahead)
    {
        _file = folder.PathOf("clock");
        Set(ahead);
        Environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LD_PRELOAD"] = FindLibrary(),
            ["FAKETIME_TIMESTAMP_FILE"] = _file,
            ["FAKETIME_NO_CACHE"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["NO_FAKE_STAT"] = "1",
        };
    }

    /// <summary>What the program must be started with.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>How far it is ahead now.</summary>
    public TimeSpan Ahead { get; private set; }

    /// <summary>The time that it shows.</summary>
    public DateTimeOffset Now => DateTimeOffset.UtcNow + Ahead;

    /// <summary>Sets it.</summary>
    public void Set(TimeSpan ahead)
    {
        // By a rename, because the library ends a program that reads half a file.
        var written = $"{_file}.new";
        File.WriteAllText(written, ahead.TotalSeconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture) + "\n");
        File.Move(written, _file, overwrite: true);
        Ahead = ahead;
    }

    private static string FindLibrary() =>
        Directory.EnumerateDirectories("/usr/lib")
            .Prepend("/usr/lib")
            .Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1"))
            .FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException("libfaketime.so.1 is missing; install it (on Debian: apt-get install faketime).");
}
