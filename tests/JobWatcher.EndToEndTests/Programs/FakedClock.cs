using System.ComponentModel;
using System.Diagnostics;

namespace JobWatcher.EndToEndTests.Programs;

/// <summary>
/// The clock of one program, set while it runs as somebody would set the machine's: <c>faked_clock.c</c>, compiled by <c>cc</c>,
/// which must be installed, stands between the program and the system. The monotonic time, waits and the times of files are left
/// alone. With Debian's faketime 0.9.10 they are not: it falsifies waits of the monotonic clock (mended by libfaketime's a2e406c)
/// and reads its file without a lock (211eb89), so that timers spin, and now and then stop for an hour.
/// </summary>
internal sealed class FakedClock
{
    private const string Needs = "On Debian, apt-get install gcc libc6-dev has what it takes.";

    private readonly string _file;

    private FakedClock(string library, string file)
    {
        _file = file;
        Environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LD_PRELOAD"] = library,
            ["FAKED_CLOCK"] = file,
        };
    }

    /// <summary>What the program must be started with.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>How far it is ahead now, in whole seconds.</summary>
    public TimeSpan Ahead { get; private set; }

    /// <summary>The time that it shows.</summary>
    public DateTimeOffset Now => DateTimeOffset.UtcNow + Ahead;

    /// <summary>Creates one that is so much ahead.</summary>
    /// <param name="folder">Keeps what the program needs for it.</param>
    /// <param name="ahead">Negative where it is behind.</param>
    public static async Task<FakedClock> CreateAsync(TempFolder folder, TimeSpan ahead)
    {
        var library = folder.PathOf("faked_clock.so");
        await CompileAsync(Repository.PathOf("tests", "JobWatcher.EndToEndTests", "Programs", "faked_clock.c"), library);
        var clock = new FakedClock(library, folder.PathOf("clock"));
        clock.Set(ahead);
        return clock;
    }

    /// <summary>Sets it.</summary>
    public void Set(TimeSpan ahead)
    {
        // Written over what is there, because the program looks at this very file all the time.
        using var file = File.OpenHandle(_file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, BitConverter.GetBytes((long)ahead.TotalSeconds), fileOffset: 0);
        Ahead = ahead;
    }

    private static async Task CompileAsync(string source, string library)
    {
        using var compiler = StartCompiler(["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", library, source]);
        var said = await compiler.StandardError.ReadToEndAsync();
        await compiler.WaitForExitAsync();
        Assert.True(compiler.ExitCode == 0, $"cc cannot compile {source}. {Needs} {said}");
    }

    private static Process StartCompiler(IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("cc", arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        }
        catch (Win32Exception exception)
        {
            throw new FileNotFoundException($"cc is missing. {Needs}", exception);
        }
    }
}
