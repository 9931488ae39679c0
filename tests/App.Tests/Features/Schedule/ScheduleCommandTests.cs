using System.Text.Json;
using App.Tests.Faults;
using App.Tests.Support;

namespace App.Tests.Features.Schedule;

/// <summary><c>foyer schedule</c> as somebody types it: what it prints, and how it ends.</summary>
public sealed class ScheduleCommandTests : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("foyer-schedule").FullName;
    AppHost app = null!;
    Show show = null!;

    public async Task InitializeAsync()
    {
        app = await AppHost.Start();
        show = await app.AddShow(isConference: true);
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    string[] Words(string[] words) => ["schedule", .. words, $"--ConnectionStrings:Foyer={app.Connection}", "--Logging:LogLevel:Default=Warning"];
    Task<(int Exit, string Said)> Foyer(params string[] words) => Typed.Foyer(Words(words));

    /// <summary>A file goes to the process's own output, byte for byte.</summary>
    async Task<(int Exit, string Said)> InAProcess(params string[] words)
    {
        await using var command = ChildApp.Run(Words(words));
        return (await command.Ended(), command.Log);
    }

    string File(string name, string content)
    {
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    [Fact]
    public async Task A_file_is_looked_at_imported_and_written_again_and_a_bad_one_ends_with_an_error()
    {
        var (good, at) = (File("lantern.json", Samples.Json(Samples.Event())), $"{show.Organization}/{show.Slug}");

        var looked = await Foyer("import", good, "--event", at, "--dry-run", "--json");
        looked.Exit.ShouldBe(0, looked.Said);
        var report = JsonDocument.Parse(looked.Said).RootElement;
        report.GetProperty("dryRun").GetBoolean().ShouldBeTrue();
        foreach (var part in new[] { "rooms", "tracks", "speakers", "sessions", "slots", "breaks" }) report.GetProperty("counts").TryGetProperty(part, out _).ShouldBeTrue($"{part}: {looked.Said}");
        report.GetProperty("warnings").ValueKind.ShouldBe(JsonValueKind.Array);
        (await Foyer("export", at)).Exit.ShouldBe(1); // nothing was brought in

        var imported = await Foyer("import", good, "--event", at);
        imported.Exit.ShouldBe(0, imported.Said);
        imported.Said.ShouldContain("sessions");
        foreach (var bad in new[] { File("cut.json", Samples.Json(Samples.Event())[..200]), File("page.json", "<html></html>"), Path.Combine(folder, "nowhere.json") })
        {
            var refused = await Foyer("import", bad, "--event", at);
            refused.Exit.ShouldBe(1, bad);
            refused.Said.ShouldNotContain("   at ");
            refused.Said.Trim().ShouldNotBeEmpty();
        }
        // What is written is still what was brought in.
        foreach (var (format, begins) in new[] { ("json", "{"), ("xml", "<?xml"), ("ics", "BEGIN:VCALENDAR") })
        {
            var written = await InAProcess("export", at, "--format", format);
            written.Exit.ShouldBe(0, written.Said);
            written.Said.ShouldStartWith(begins);
            written.Said.ShouldContain("How lamps were lit");
        }
    }
}
