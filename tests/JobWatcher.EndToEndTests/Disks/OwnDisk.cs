using System.Diagnostics;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace JobWatcher.EndToEndTests.Disks;

/// <summary>
/// A small file system in memory that can be full or read-only, for root too. It is mounted in a mount namespace of its own, so
/// that it needs no rights and is gone with its test. Linux alone has that: elsewhere its tests fail.
/// </summary>
internal sealed class OwnDisk : IAsyncDisposable
{
    private const int BlockSize = 4096;

    private readonly Process _holder;
    private readonly string _folder;
    private readonly string[] _namespaces;
    private SafeFileHandle? _ballast;

    private OwnDisk(Process holder, string folder, string[] namespaces) =>
        (_holder, _folder, _namespaces) = (holder, folder, namespaces);

    /// <summary>What a command is started by to see the disk.</summary>
    public IReadOnlyList<string> Entering =>
    [
        // Who enters starts at the root; the shells take the working directory along.
        "sh", "-c", """FOLDER="$PWD" exec nsenter --target "$0" "$@" """, _holder.Id.ToString(CultureInfo.InvariantCulture), .. _namespaces,
        "sh", "-c", """cd "$FOLDER" && unset FOLDER && exec "$0" "$@" """,
    ];

    /// <summary>Mounts a disk.</summary>
    /// <param name="folder">Where, for those who enter; an empty folder.</param>
    /// <param name="size">Its size in bytes.</param>
    public static async Task<OwnDisk> MountAsync(string folder, int size)
    {
        // Who is not root may mount as the root of a user namespace.
        var isRoot = Environment.IsPrivilegedProcess;
        var holder = Process.Start(new ProcessStartInfo(
            "unshare",
            [
                .. isRoot ? Array.Empty<string>() : ["--map-root-user"],
                "--mount", "sh", "-c", "mount -t tmpfs -o size=\"$1\" tmpfs \"$0\" && echo mounted && exec cat", folder,
                size.ToString(CultureInfo.InvariantCulture),
            ])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var disk = new OwnDisk(holder, folder, isRoot ? ["--mount"] : ["--user", "--preserve-credentials", "--mount"]);
        if (await holder.StandardOutput.ReadLineAsync() != "mounted")
        {
            var said = await holder.StandardError.ReadToEndAsync();
            await disk.DisposeAsync();
            throw new InvalidOperationException($"No disk can be mounted in a namespace of its own: {said}");
        }

        return disk;
    }

    /// <summary>Takes all the space that is left.</summary>
    public void Fill()
    {
        _ballast = File.OpenHandle($"/proc/{_holder.Id}/root{_folder}/ballast", FileMode.Create, FileAccess.Write);
        var block = new byte[BlockSize];
        try
        {
            for (long at = 0; ; at += BlockSize)
            {
                RandomAccess.Write(_ballast, block, at);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => RandomAccess.SetLength(_ballast!, 0);

    /// <summary>Lets no file be opened for writing any more. Files that are open already can still be written.</summary>
    public Task MakeReadOnlyAsync() => RunAsync("mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\"");

    /// <summary>Lets files be written again.</summary>
    public Task MakeWritableAsync() => RunAsync("umount --lazy \"$0\"");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _ballast?.Dispose();
        _holder.StandardInput.Close();
        await _holder.WaitForExitAsync();
        _holder.Dispose();
    }

    private async Task RunAsync(string script)
    {
        using var shell = Process.Start(
            new ProcessStartInfo(Entering[0], [.. Entering.Skip(1), "sh", "-c", script, _folder])
            {
                UseShellExecute = false, RedirectStandardError = true,
            })!;
        var said = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        if (shell.ExitCode != 0)
        {
            throw new InvalidOperationException($"The disk cannot be changed: {said}");
        }
    }
}
