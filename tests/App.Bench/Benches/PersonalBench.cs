using App.Bench.House;
using App.Bench.Load;
using App.Features.Demo;
using App.Features.Registration;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
using App.Features.Schedule.Mine;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace App.Bench.Benches;

/// <summary>
/// Pages of one person, made for each request, while 100,000 sessions are saved: my schedule of people who are signed in, and their calendars as programs fetch them, each beside a bare Kestrel endpoint that answers as many bytes. A table of
/// more than a thousand rows that was read whole meanwhile is a fault.
/// </summary>
static class PersonalBench
{
    const int Saved = 100_000, Each = 20, SignedIn = 200;
    const double Floor = 1_000;

    /// <param name="Cookie">A signed-in browser's, as a header.</param>
    /// <param name="Calendar">The path of their feed.</param>
    sealed record Person(string Cookie, string Calendar);

    public static async Task<Result> Run(BenchOptions options, Machine machine)
    {
        await using var office = await BoxOffice.Open("personal", options, machine);
        var path = await office.Sell("days", new Kind("Standard", 4_900, 10_000));
        Person[] people = [];
        await office.With(async services =>
        {
            await services.GetRequiredService<MessageBus>().InvokeAsync(new ImportSchedule(BoxOffice.EventId("days"), DemoProgramme.Read(0)), default);
            var schedule = (await services.GetRequiredService<ScheduleCatalogue>().FindFresh(BoxOffice.EventId("days"), default))!;
            var attendees = await Attendees(schedule.Id, services);
            await Save(office, schedule, [.. attendees.Select(a => a.Id)], services);
            var (links, address) = (services.GetRequiredService<ScheduleLinks>(), new ScheduleAddress(BoxOffice.Organization, "days"));
            people = [.. attendees.Select(a => new Person(a.Cookie, address.Feed(links.Token(MySchedule.StreamOf(schedule.Id, a.Id), ScheduleLinkKind.Feed, 1))))];
        });
        Console.WriteLine($"{Saved:N0} saved sessions of {Saved / Each:N0} people, {people.Length} of them signed in");
        await office.CatchUp();
        await office.StartSandbox();
        await office.StartApp();
        await office.OnSale(path);
        var before = await ReadWhole(office);
        var page = await PagesBench.Beside(office, options, "mine", [.. people.Select(_ => path + "/my-schedule")], encoding: "br", each: [.. people.Select(p => p.Cookie)]);
        var calendar = await PagesBench.Beside(office, options, "calendar", [.. people.Select(p => p.Calendar)], encoding: "br");
        var after = await ReadWhole(office);
        await office.StopApp();
        foreach (var (name, pair) in new[] { ("mine", page), ("calendar", calendar) })
            Console.WriteLine($"{name,-10} {pair.Page.Rate,8:N0}/s, p99 {pair.Page.P99:F1} ms, against {pair.Bare.Rate,8:N0}/s bare, p99 {pair.Bare.P99:F1} ms: {pair.Ratio:F2} by rate, {pair.CpuRatio:F2} by CPU; application {pair.Page.CpuOf("app"):F3} ms each, PostgreSQL {pair.Page.CpuOf("postgres"):F3}");
        var whole = after.Where(t => t.Value > before.GetValueOrDefault(t.Key)).Select(t => $"{t.Key} {t.Value - before.GetValueOrDefault(t.Key)} times").ToArray();
        Console.WriteLine(whole.Length == 0 ? "no table of more than a thousand rows was read whole" : $"! read whole: {string.Join(", ", whole)}");
        return new("personal", page.Page.Rate, "my schedules/s", machine)
        {
            Floor = Floor, P50 = page.Page.P50, P99 = page.Page.P99, Verify = await office.Verify(), Errors = page.Page.Errors + calendar.Page.Errors + whole.Length,
            More = new()
            {
                ["mine.ratio"] = page.Ratio, ["calendar.rate"] = calendar.Page.Rate, ["calendar.ratio"] = calendar.Ratio, ["calendar.p99"] = calendar.Page.P99, ["mine.cpu"] = page.CpuRatio, ["calendar.cpu"] = calendar.CpuRatio,
                ["bare.mine"] = page.Bare.Rate, ["bare.calendar"] = calendar.Bare.Rate,
            },
        };
    }

    /// <summary>Invited and signed in by the product's own commands.</summary>
    static async Task<List<(Guid Id, string Cookie)>> Attendees(Guid eventId, IServiceProvider services)
    {
        var (bus, db, sessions, attendees) = (services.GetRequiredService<MessageBus>(), services.GetRequiredService<QuerySession>(), services.GetRequiredService<AttendeeSessions>(), new List<(Guid, string)>());
        for (var i = 0; i < SignedIn; i++)
        {
            var email = $"guest-{i}@bench.example";
            await bus.InvokeAsync(new AdmitPerson(eventId, email, $"Guest {i}", [new(GroundKind.Invitation, $"invitation:{i}")]), default);
            var context = new DefaultHttpContext();
            var id = (await AttendeeCard.Find(eventId, email, db, default))!.Id;
            await sessions.Start(context, eventId, id, "link", null, default);
            attendees.Add((id, $"Cookie: {context.Response.Headers.SetCookie.ToString().Split(';')[0]}\r\n"));
        }
        return attendees;
    }

    /// <summary>The past by COPY, as <see cref="Filler"/> does it: the product's own facts by its own types. Whoever is signed in also has a calendar.</summary>
    static async Task Save(BoxOffice office, ConferenceSchedule schedule, Guid[] signedIn, IServiceProvider services)
    {
        var (types, at, random) = (services.GetRequiredService<StoredTypes>(), services.GetRequiredService<TimeProvider>().GetUtcNow(), new Random(1));
        var streams = new List<(Guid Stream, List<object> Facts)>();
        for (var i = 0; i < Saved / Each; i++)
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            var person = i < signedIn.Length ? signedIn[i] : new Guid(bytes);
            var facts = new List<object>();
            var first = random.Next(schedule.Sessions.Length);
            for (var n = 0; n < Each; n++)
            {
                var session = schedule.Sessions[(first + n * 37) % schedule.Sessions.Length];
                facts.Add(new SessionSaved(schedule.Id, person, session.Id, [.. session.Slots.Select(s => new SessionSlot(s.Id, s.Room?.Id, s.Start, s.End))], at));
            }
            if (i < signedIn.Length) facts.Add(new ScheduleLinkOpened(schedule.Id, person, ScheduleLinkKind.Feed, 1, at));
            streams.Add((MySchedule.StreamOf(schedule.Id, person), facts));
        }
        await using var db = await office.Db.OpenConnectionAsync();
        await using var transaction = await db.BeginTransactionAsync();
        await using (var log = await db.BeginBinaryImportAsync("copy events (stream, version, type, data, meta, at) from stdin (format binary)"))
        {
            foreach (var (stream, facts) in streams)
                for (var version = 1; version <= facts.Count; version++)
                {
                    var (name, data) = types.Write(StoredKind.Fact, facts[version - 1]);
                    await log.StartRowAsync();
                    await log.WriteAsync(stream, NpgsqlDbType.Uuid);
                    await log.WriteAsync(version, NpgsqlDbType.Integer);
                    await log.WriteAsync(name, NpgsqlDbType.Text);
                    await log.WriteAsync(data, NpgsqlDbType.Jsonb);
                    await log.WriteAsync("""{"actor":"system"}""", NpgsqlDbType.Jsonb);
                    await log.WriteAsync(at.UtcDateTime, NpgsqlDbType.TimestampTz);
                }
            await log.CompleteAsync();
        }
        await using (var rows = await db.BeginBinaryImportAsync("copy streams (id, type, version) from stdin (format binary)"))
        {
            foreach (var (stream, facts) in streams)
            {
                await rows.StartRowAsync();
                await rows.WriteAsync(stream, NpgsqlDbType.Uuid);
                await rows.WriteAsync("myschedule", NpgsqlDbType.Text);
                await rows.WriteAsync(facts.Count, NpgsqlDbType.Integer);
            }
            await rows.CompleteAsync();
        }
        await transaction.CommitAsync();
    }

    /// <summary>How often each large table was read from one end to the other.</summary>
    static async Task<Dictionary<string, long>> ReadWhole(BoxOffice office)
    {
        await using var command = office.Db.CreateCommand("select relname, seq_scan from pg_stat_user_tables where n_live_tup > 1000");
        await using var rows = await command.ExecuteReaderAsync();
        var tables = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync()) tables[rows.GetString(0)] = rows.GetInt64(1);
        return tables;
    }
}
