using System.CommandLine;
using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Export;
using App.Features.Schedule.Import;
using App.Infrastructure;
using App.Infrastructure.CommandLine;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Schedule;

/// <summary><c>foyer schedule …</c>. Exit code 1: refused, and why is on the error stream.</summary>
public static class ScheduleCommands
{
    public static Command All(BuildApplication build)
    {
        var schedule = new Command("schedule", "A conference's schedule: bring it in from a file, an address or Pretalx; take it out; say where it is fetched from");
        schedule.Subcommands.Add(Import(build));
        schedule.Subcommands.Add(Export(build));
        schedule.Subcommands.Add(Source(build));
        return schedule;
    }

    static Command Import(BuildApplication build)
    {
        var from = new Argument<string>("source") { Description = "A file, an address (http, https) or pretalx:<event>" };
        var to = new Option<string?>("--event") { Description = "organization/event; may be left out when there is one conference, or for a dry run" };
        var dry = new Option<bool>("--dry-run") { Description = "Say what would change, and change nothing" };
        var force = new Option<bool>("--force") { Description = "Also when most of what is there would be cancelled" };
        var command = Commands.Command("import", "Make the schedule what a source says, in one commit, and print what that changes", (parsed, ct) => With(build, parsed, async app =>
        {
            var (source, isDry, services) = (parsed.GetValue(from)!, parsed.GetValue(dry), app.Services);
            var e = await Find(parsed.GetValue(to), services, ct);
            ImportReport report;
            if (e is null)
            {
                if (!isDry) throw new Refused("schedule.which-event");
                var reading = ScheduleReader.IsAddress(source) ? (await services.GetRequiredService<ScheduleReader>().Read(source, null, FileMark.None, [], ct)).Reading! : ScheduleReader.Read(await Bytes(source, ct), null);
                report = ImportDecision.Decide(Conference.Empty, [], reading.Snapshot, Guid.Empty, false, dryRun: true, services.GetRequiredService<TimeProvider>().GetUtcNow(), ImportWarnings.From(reading.Warnings)).Report;
            }
            else
            {
                var imports = services.GetRequiredService<ScheduleImports>();
                report = ScheduleReader.IsAddress(source) ? await imports.Fetch(e.Id, source, "command-line", isDry, parsed.GetValue(force), ct) : await imports.Upload(e.Id, Path.GetFileName(source), await Bytes(source, ct), "command-line", isDry, parsed.GetValue(force), ct);
            }
            Commands.Print(parsed, report, () => ReportText.Write(report, Console.Out));
            return 0;
        }));
        command.Arguments.Add(from);
        foreach (var option in new Option[] { to, dry, force }) command.Options.Add(option);
        return command;
    }

    static Command Export(BuildApplication build)
    {
        var of = new Argument<string>("event") { Description = "organization/event" };
        var format = new Option<string>("--format") { Description = "json, xml or ics", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "xml", "ics");
        var language = new Option<string?>("--lang") { Description = "The language of texts that stand there in several; left out: as they are stored" };
        var command = Commands.Command("export", "Write the schedule to the standard output", (parsed, ct) => With(build, parsed, async app =>
        {
            var services = app.Services;
            var e = await Find(parsed.GetValue(of), services, ct) ?? throw new Refused("events.no-such-event");
            var schedule = await services.GetRequiredService<ScheduleCatalogue>().FindFresh(e.Id, ct) ?? throw new Refused("schedule.none");
            if (parsed.GetValue(language) is { } wanted) schedule = schedule.ReadIn(wanted, e.Language.Code);
            var organization = (await services.GetRequiredService<Organizations.Contracts.OrganizationDirectory>().Find(e.OrganizationId, ct))!.Slug;
            var place = new ExportPlace(new(organization, e.Slug), services.GetRequiredService<SiteOptions>().Link);
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(parsed.GetValue(format) switch { "xml" => ScheduleXml.Write(schedule, place), "ics" => ScheduleCalendar.OfAll(schedule, place), _ => ScheduleJsonFile.Write(schedule, place) }, ct);
            return 0;
        }));
        command.Arguments.Add(of);
        command.Options.Add(language);
        command.Options.Add(format);
        return command;
    }

    static Command Source(BuildApplication build)
    {
        var of = new Argument<string>("event") { Description = "organization/event" };
        var address = new Argument<string?>("address") { Description = "An address or pretalx:<event>; left out: it is fetched no more", Arity = ArgumentArity.ZeroOrOne };
        var every = new Option<int?>("--every") { Description = "Minutes between two fetches" };
        var command = Commands.Command("source", "Say where the job fetch-schedule gets a conference's schedule from", (parsed, ct) => With(build, parsed, async app =>
        {
            var e = await Find(parsed.GetValue(of), app.Services, ct) ?? throw new Refused("events.no-such-event");
            await app.Services.GetRequiredService<MessageBus>().InvokeAsync(new SetScheduleSource(e.Id, parsed.GetValue(address), parsed.GetValue(every)), ct);
            return 0;
        }));
        command.Arguments.Add(of);
        command.Arguments.Add(address);
        command.Options.Add(every);
        return command;
    }

    static Task<int> With(BuildApplication build, ParseResult parsed, Func<WebApplication, Task<int>> run) => Commands.With(build, parsed, async app =>
    {
        try { return await run(app); }
        catch (Refused e)
        {
            await Console.Error.WriteLineAsync(app.Services.GetRequiredService<Texts>().Of(e));
            return 1;
        }
    });

    static async Task<byte[]> Bytes(string path, CancellationToken ct)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new Refused("schedule.no-such-file", path);
        if (file.Length > ScheduleFile.MaxBytes) throw new Refused("schedule.file-too-big", ScheduleFile.MaxBytes / 1024 / 1024);
        return await File.ReadAllBytesAsync(path, ct);
    }

    /// <summary>Null: none was named, and there isn't exactly one conference.</summary>
    static async Task<CatalogueEvent?> Find(string? address, IServiceProvider services, CancellationToken ct)
    {
        var events = services.GetRequiredService<EventCatalogue>();
        if (address is not null) return address.Split('/') is [var organization, var slug] && await events.Find(organization, slug, ct) is { } e ? e : throw new Refused("events.no-such-event");
        var db = services.GetRequiredService<QuerySession>();
        var conferences = await db.Query<Guid>("select id from streams where type = 'conference' limit 2", ct);
        return conferences.Count == 1 ? await events.Find((await db.Fold<Conference>(conferences[0], ct)).State.Id) : null;
    }
}
