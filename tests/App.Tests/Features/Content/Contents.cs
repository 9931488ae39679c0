using System.Text;
using App.Features.Content.Package;
using App.Tests.Features.Schedule;
using App.Tests.Support;

namespace App.Tests.Features.Content;

/// <summary>Content that tests write.</summary>
static class Contents
{
    public static ContentFiles Files(params (string Path, string Text)[] files) => files.Aggregate(new ContentFiles(), (all, f) => all.Add(f.Path, Encoding.UTF8.GetBytes(f.Text)));

    public static IReadOnlyList<ContentFault> Faults(params (string Path, string Text)[] files) => ContentReader.Read(Files(files)).Faults;

    public static IReadOnlyList<ContentFault> OfSettings(string settings)
    {
        var faults = new List<ContentFault>();
        SettingsReader.Read("settings.json", Encoding.UTF8.GetBytes(settings), faults);
        return faults;
    }

    /// <summary>A folder that is gone when the test is.</summary>
    public static DirectoryInfo Folder(params (string Path, string Text)[] files)
    {
        var folder = Directory.CreateTempSubdirectory("foyer-content-test-");
        foreach (var (path, text) in files) Write(folder, path, text);
        return folder;
    }

    public static void Write(DirectoryInfo folder, string path, string text)
    {
        var file = new FileInfo(Path.Combine(folder.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }

    public static Task<Show> AddLantern(this AppHost app, params string[] events) => AddLanternDays(app, events.Length == 0 ? [Samples.Event()] : events);

    static async Task<Show> AddLanternDays(AppHost app, string[] events)
    {
        var show = await app.AddShow(slug: "lantern", title: "Lantern Days");
        await app.Get<App.Features.Schedule.Import.ScheduleImports>().Upload(show.EventId, "lantern.json", Encoding.UTF8.GetBytes(Samples.Json(events)), "test", false, false, default);
        await Eventually.Is(async () => await app.Get<App.Features.Events.Contracts.EventCatalogue>().Find(show.EventId) is { IsConference: true } && await app.Get<App.Features.Schedule.Contracts.ScheduleCatalogue>().Find(show.EventId) is { IsEmpty: false });
        return show;
    }
}
