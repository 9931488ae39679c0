using System.Diagnostics;
using System.Runtime.InteropServices;

namespace App.Infrastructure.Postgres;

/// <summary>PostgreSQL refuses to run as root: started by root, it runs as <c>postgres</c> or <c>nobody</c>, or in a user namespace where that user can't reach our folders.</summary>
sealed class ServerUser
{
    readonly string? name;
    readonly bool isolated;

    public ServerUser(string binaries, string data)
    {
        if (geteuid() != 0) return;
        name = File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
        isolated = !(OpenToAll(binaries) && OpenToAll(Path.GetDirectoryName(data)!));
    }

    public ProcessStartInfo Command(string file, IEnumerable<string> arguments)
    {
        if (isolated) (file, arguments) = ("unshare", ["--user", "--map-user=1000", "--map-group=1000", file, .. arguments]);
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true };
        if (name is not null && !isolated) start.UserName = name;
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(key);
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    public void Own(string folder)
    {
        if (name is null || isolated) return;
        var entry = File.ReadLines("/etc/passwd").Select(l => l.Split(':')).First(l => l[0] == name);
        if (chown(folder, int.Parse(entry[2], System.Globalization.CultureInfo.InvariantCulture), int.Parse(entry[3], System.Globalization.CultureInfo.InvariantCulture)) != 0)
            throw new IOException($"{folder} could not be given to {name}: error {Marshal.GetLastPInvokeError()}.");
    }

    static bool OpenToAll(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
            if (!folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute)) return false;
        return true;
    }

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern uint geteuid();

    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int chown(string path, int uid, int gid);
}
