using System.Diagnostics;
using System.Net;
using App.Features.Content.Contracts;
using App.Features.Content.Package;
using App.Features.Content.Publish;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Tests.Support;

namespace App.Tests.Features.Content;

/// <summary>Content goes live while everything runs, whole or not at all.</summary>
public sealed class PublishTests : IDisposable
{
    readonly DirectoryInfo folder = Contents.Folder(("home/en.md", "# Lamps\n\nFirst words.\n"), ("help/en.md", "# Help\n\nAsk us.\n"));

    public void Dispose() => folder.Delete(recursive: true);

    static async Task<string?> Fetch(AppHost app)
    {
        try { await app.Get<RecurringJobs>().RunNow("fetch-content", app.Bus, default); return null; }
        catch (InvalidOperationException e) { return e.Message; }
    }

    static async Task Shows(Browser browser, string path, string words) => await Eventually.Is(async () => (await browser.Get(path)).Text.Contains(words, StringComparison.Ordinal));

    [Fact]
    public async Task What_changes_in_the_folder_is_live_without_a_restart_and_on_every_replica()
    {
        await using var app = await AppHost.Start(settings: [$"--Content:Folder={folder.FullName}"]);
        await using var rival = await AppHost.Start(connection: app.Connection, clock: app.Clock, settings: ["--Content:Folder="]);
        var show = await app.AddLantern();
        using var here = app.Browser();
        using var there = rival.Browser();
        (await Fetch(app)).ShouldBeNull();
        foreach (var browser in new[] { here, there }) await Shows(browser, show.Path + "/home", "First words.");

        Contents.Write(folder, "home/en.md", "# Lamps\n\nSecond words.\n");
        Contents.Write(folder, "strings/de.json", "{ \"frame.help\": \"Auskunft\" }");
        (await Fetch(app)).ShouldBeNull();
        foreach (var browser in new[] { here, there })
        {
            await Shows(browser, show.Path + "/home", "Second words.");
            (await browser.Get(show.Path + "/home")).Text.ShouldNotContain("First words.");
            // A sentence of the installation's stands above the house's, also on pages that aren't content.
            (await browser.Get("/?lang=de")).Text.ShouldContain("Auskunft");
        }
    }

    [Fact]
    public async Task Content_with_a_fault_is_refused_whole_and_what_was_live_stays()
    {
        await using var app = await AppHost.Start(settings: [$"--Content:Folder={folder.FullName}"]);
        var show = await app.AddLantern();
        using var browser = app.Browser();
        await Fetch(app);
        await Shows(browser, show.Path + "/home", "First words.");
        var version = app.Get<LiveContent>().Package.Version;

        Contents.Write(folder, "home/en.md", "# Lamps\n\nHalf a change.\n");
        Contents.Write(folder, "settings.json", "{\n  \"pages\": { \"home\": { \"enabled\": \"no\" } }\n}");
        (await Fetch(app)).ShouldNotBeNull().ShouldContain("settings.json:2:");
        (await browser.Get(show.Path + "/home")).Text.ShouldContain("First words.");
        app.Get<LiveContent>().Package.Version.ShouldBe(version);

        using var office = await app.SignedIn(show.OrganizationId, StaffRole.Owner);
        var page = (await office.Get("/office/content")).Text;
        page.ShouldContain("settings.json:2:");
        page.ShouldContain("true or false, not text in quotation marks");

        // And put right, it goes live from the office.
        Contents.Write(folder, "settings.json", "{}");
        (await office.PostForm("/office/content", [], follow: true)).Text.ShouldContain("The new content is live");
        await Shows(browser, show.Path + "/home", "Half a change.");
    }

    [Fact]
    public async Task A_session_that_is_not_there_is_a_warning()
    {
        Contents.Write(folder, "events/salitre/lantern/settings.json", "{ \"home\": {\n \"featuredSessions\": [\"how-lamps-were-lit\", \"NOSUCH\"] } }");
        await using var app = await AppHost.Start(settings: [$"--Content:Folder={folder.FullName}"]);
        var show = await app.AddLantern();
        (await Fetch(app)).ShouldBeNull();
        var warning = (await app.Db.Load<ContentFetch>(ContentFetch.Only, default))!.Warnings.ShouldHaveSingleItem();
        (warning.File, warning.Line).ShouldBe(("events/salitre/lantern/settings.json", 2));
        warning.Reason.ShouldContain("NOSUCH");
        using var browser = app.Browser();
        await Shows(browser, show.Path + "/home", "How lamps were lit");
    }

    [Fact]
    public async Task A_branch_is_fetched_from_git_and_a_bad_commit_keeps_the_last_good_one()
    {
        Git("init", "--quiet", "--initial-branch=main");
        Commit();
        await using var app = await AppHost.Start(settings: [$"--Content:Git=file://{folder.FullName}"]);
        var show = await app.AddLantern();
        using var browser = app.Browser();
        (await Fetch(app)).ShouldBeNull();
        await Shows(browser, show.Path + "/home", "First words.");
        app.Get<LiveContent>().Publication.Live.Revision.ShouldBe(Git("rev-parse", "HEAD").Trim());

        Contents.Write(folder, "home/en.md", ":::nothing\n");
        Commit();
        (await Fetch(app)).ShouldNotBeNull().ShouldContain("home/en.md:1:1");
        (await browser.Get(show.Path + "/home")).Text.ShouldContain("First words.");

        Contents.Write(folder, "home/en.md", "# Lamps\n\nSecond words.\n");
        Commit();
        (await Fetch(app)).ShouldBeNull();
        await Shows(browser, show.Path + "/home", "Second words.");

        // A link out of the repository is not followed.
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "help", "de.md"), "/etc/passwd");
        Commit();
        (await Fetch(app)).ShouldNotBeNull().ShouldContain("help/de.md is a symbolic link");
    }

    [Theory]
    [InlineData("--upload-pack=touch /tmp/owned", "content.remote")]
    [InlineData("ext::sh -c touch% /tmp/owned", "content.remote")]
    [InlineData("http://plain.example/a.git", "content.remote")]
    [InlineData("ssh://-oProxyCommand=touch/a", "content.remote")]
    [InlineData("/etc", "content.remote")]
    [InlineData("file:///no/such/repository", "content.git")]
    public async Task An_address_that_is_none_is_refused(string remote, string key) => (await Should.ThrowAsync<Refused>(() => GitRepository.Read(remote, "main", default))).Key.ShouldBe(key);

    [Theory]
    [InlineData("--force")]
    [InlineData("a b")]
    [InlineData("a..b")]
    [InlineData("")]
    public async Task A_branch_that_is_none_is_refused(string branch) => (await Should.ThrowAsync<Refused>(() => GitRepository.Read("file:///tmp", branch, default))).Key.ShouldBe("content.branch");

    [Fact]
    public void What_opens_a_repository_is_never_shown() => GitRepository.Say("fatal: https://user:secret@git.example/a.git not found").ShouldBe("fatal: https://git.example/a.git not found");

    [Fact]
    public void A_folder_is_read_without_following_links()
    {
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "help", "de.md"), "/etc/passwd");
        Should.Throw<Refused>(() => ContentFiles.OfFolder(folder.FullName)).Key.ShouldBe("content.link");
    }

    [Fact]
    public void Too_much_is_refused()
    {
        Should.Throw<Refused>(() => new ContentFiles().Add("a/en.md", new byte[ContentFiles.LargestFile + 1])).Key.ShouldBe("content.file-too-big");
        Should.Throw<Refused>(() => Enumerable.Range(0, 30).Aggregate(new ContentFiles(), (files, n) => files.Add($"p{n}/en.md", new byte[ContentFiles.LargestFile]))).Key.ShouldBe("content.too-big");
    }

    void Commit()
    {
        Git("add", "--all");
        Git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgSign=false", "commit", "--quiet", "--message=words");
    }

    string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0);
        return said;
    }
}
