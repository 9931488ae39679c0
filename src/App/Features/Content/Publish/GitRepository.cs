using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using App.Features.Content.Package;
using App.Infrastructure;

namespace App.Features.Content.Publish;

/// <summary>
/// A branch of a git repository, read by the program git out of a bare copy: nothing is checked out, so no hook, filter, symbolic link or submodule of the repository can do anything. No shell; what an operator
/// typed is never an option; it has a minute.
/// </summary>
public static partial class GitRepository
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>An address as people may see it.</summary>
    public static string Say(string remote) => Secret().Replace(remote, "://");

    public static async Task<(ContentFiles Files, string Revision)> Read(string remote, string branch, CancellationToken ct)
    {
        if (!Remote().IsMatch(remote)) throw new Refused("content.remote");
        if (!Branch().IsMatch(branch) || branch.Contains("..", StringComparison.Ordinal)) throw new Refused("content.branch");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var copy = Path.Combine(Path.GetTempPath(), "foyer-content-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.ProcessId} {remote}")))[..16]);
        try
        {
            await Git(copy, patience.Token, "init", "--bare", "--quiet", copy);
            await Git(copy, patience.Token, "fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--", remote, $"+refs/heads/{branch}:refs/heads/live");
            var revision = Encoding.ASCII.GetString(await Git(copy, patience.Token, "rev-parse", "--verify", "refs/heads/live")).Trim();
            return (await Files(copy, patience.Token), revision);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested) { throw new Refused("content.too-slow", (int)Patience.TotalSeconds); }
        finally { if (Directory.Exists(copy)) Directory.Delete(copy, recursive: true); }
    }

    static async Task<ContentFiles> Files(string copy, CancellationToken ct)
    {
        var files = new ContentFiles();
        var listing = Encoding.UTF8.GetString(await Git(copy, ct, "ls-tree", "-r", "-z", "-l", "refs/heads/live"));
        foreach (Match entry in Entry().Matches(listing))
        {
            var path = entry.Groups["path"].Value;
            if (!ContentFiles.IsContent(path)) continue;
            if (entry.Groups["mode"].Value is "120000" or "160000") throw new Refused("content.link", path);
            if (long.Parse(entry.Groups["size"].Value, CultureInfo.InvariantCulture) > ContentFiles.LargestFile) throw new Refused("content.file-too-big", path, ContentFiles.LargestFile / 1024 / 1024);
            files.Add(path, await Git(copy, ct, "cat-file", "blob", entry.Groups["object"].Value));
        }
        return files;
    }

    static async Task<byte[]> Git(string copy, CancellationToken ct, params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var setting in new[] { "protocol.allow=never", "protocol.https.allow=always", "protocol.ssh.allow=always", "protocol.file.allow=always", "core.hooksPath=/dev/null", "fetch.fsckObjects=true", "gc.auto=0" })
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(setting);
        }
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        (start.Environment["GIT_DIR"], start.Environment["GIT_TERMINAL_PROMPT"], start.Environment["GIT_SSH_COMMAND"]) = (copy, "0", "ssh -o BatchMode=yes");
        using var git = Start(start);
        try
        {
            git.StandardInput.Close();
            using var output = new MemoryStream();
            var (reading, complaint) = (git.StandardOutput.BaseStream.CopyToAsync(output, ct), git.StandardError.ReadToEndAsync(ct));
            await Task.WhenAll(reading, complaint, git.WaitForExitAsync(ct));
            return git.ExitCode == 0 ? output.ToArray() : throw new Refused("content.git", Say((await complaint).Trim().ReplaceLineEndings(" ")));
        }
        finally { if (!git.HasExited) git.Kill(entireProcessTree: true); }
    }

    static Process Start(ProcessStartInfo start)
    {
        try { return Process.Start(start)!; }
        catch (System.ComponentModel.Win32Exception) { throw new Refused("content.no-git"); }
    }

    [GeneratedRegex(@"\A(https|ssh|file)://[^\s-][^\s]*\z")]
    private static partial Regex Remote();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._/-]{0,200}\z")]
    private static partial Regex Branch();

    [GeneratedRegex(@"://[^/@\s]*@")]
    private static partial Regex Secret();

    [GeneratedRegex(@"(?<mode>\d{6}) \w+ (?<object>[0-9a-f]+) +(?<size>\d+|-)\t(?<path>[^\0]+)\0")]
    private static partial Regex Entry();
}
