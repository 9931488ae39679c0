using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using App.Infrastructure;

namespace App.Features.Content.Package;

/// <summary>The files of a content package, by their paths (with /), wherever they came from.</summary>
public sealed class ContentFiles
{
    public const int LargestFile = 1024 * 1024, Largest = 20 * 1024 * 1024;

    readonly SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, byte[]> All => files;

    /// <summary>Equal files have equal versions.</summary>
    public string Version
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var (path, bytes) in files) hash.AppendData(Encoding.UTF8.GetBytes($"{path}\n{bytes.Length}\n").Concat(bytes).ToArray());
            return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
        }
    }

    /// <summary>Refuses what is too much: content is words and some pictures.</summary>
    public ContentFiles Add(string path, byte[] bytes)
    {
        if (bytes.Length > LargestFile) throw new Refused("content.file-too-big", path, LargestFile / 1024 / 1024);
        if (files.Values.Sum(f => (long)f.Length) + bytes.Length > Largest) throw new Refused("content.too-big", Largest / 1024 / 1024);
        files[path] = bytes;
        return this;
    }

    /// <summary>Whether a path is content at all. What a folder or repository holds besides (README, tools, mails) is left alone.</summary>
    public static bool IsContent(string path)
    {
        var parts = path.Split('/');
        if (Array.Exists(parts, p => p.StartsWith('.')) || parts[0] is "demo" or "mail") return false;
        var inside = parts is ["events", _, _, ..] ? parts[3..] : parts;
        return inside is ["settings.json"] or ["images", _] || (inside is ["strings", var sentences] && sentences.EndsWith(".json", StringComparison.Ordinal)) || (inside is [_, var copy] && copy.EndsWith(".md", StringComparison.Ordinal));
    }

    /// <summary>Symbolic links are refused: they would let a folder reach what isn't in it.</summary>
    public static ContentFiles OfFolder(string folder)
    {
        var root = new DirectoryInfo(folder);
        if (!root.Exists) throw new Refused("content.no-folder", folder);
        var found = new ContentFiles();
        Read(root, "");
        return found;

        void Read(DirectoryInfo directory, string at)
        {
            foreach (var entry in directory.EnumerateFileSystemInfos())
            {
                var path = at + entry.Name;
                if (entry.Name.StartsWith('.') || (at.Length == 0 && entry.Name is "demo" or "mail")) continue;
                if (entry.LinkTarget is not null) throw new Refused("content.link", path);
                if (entry is DirectoryInfo below) Read(below, path + "/");
                else if (IsContent(path)) found.Add(path, ((FileInfo)entry).Length > LargestFile ? throw new Refused("content.file-too-big", path, LargestFile / 1024 / 1024) : File.ReadAllBytes(entry.FullName));
            }
        }
    }

    /// <summary>The house's own, which is live when nothing was fetched.</summary>
    public static ContentFiles OfHouse()
    {
        const string root = "content/";
        var (found, assembly) = (new ContentFiles(), Assembly.GetExecutingAssembly());
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(root, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            found.Add(name[root.Length..], bytes);
        }
        return found;
    }
}
