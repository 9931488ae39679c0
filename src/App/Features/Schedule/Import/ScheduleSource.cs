using System.Text.Json;
using System.Text.Json.Serialization;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Import;

/// <summary>Where a conference's schedule is fetched from by itself.</summary>
/// <param name="Id">The conference's.</param>
/// <param name="Address">A file's, or <c>pretalx:event</c>.</param>
/// <param name="EveryMinutes">Null: as often as the job runs.</param>
public sealed record ScheduleSource(Guid Id, string Address, int? EveryMinutes)
{
    /// <summary>Of a Pretalx: what it asked when somebody last looked.</summary>
    public SourceQuestion[] Questions { get => field ?? []; init; }

    /// <summary>Its pictures of sessions and speakers stay where they are.</summary>
    public bool WithoutPictures { get; init; }

    /// <summary>Only of a Pretalx, whose hosts are known: a file may name anybody's.</summary>
    [JsonIgnore] public bool BringsPictures => PretalxEvent is not null && !WithoutPictures;

    /// <summary>The event's name at Pretalx; null: it is a file.</summary>
    [JsonIgnore] public string? PretalxEvent => ScheduleReader.PretalxEvent(Address);

    public static async Task<IReadOnlyList<ScheduleSource>> All(QuerySession db, CancellationToken ct) =>
        [.. (await db.Query<string>("select data::text from doc_schedule_source order by id", ct)).Select(json => JsonSerializer.Deserialize(json, ScheduleJson.Default.ScheduleSource)!)];
}

/// <param name="Address">Null: it is fetched no more.</param>
public sealed record SetScheduleSource(Guid ConferenceId, string? Address, int? EveryMinutes);

public static class SetScheduleSourceHandler
{
    public static async Task Handle(SetScheduleSource command, DocumentSession db, CancellationToken ct)
    {
        if (command.Address is null) { db.Delete<ScheduleSource>(command.ConferenceId); return; }
        if (!ScheduleReader.IsAddress(command.Address)) throw new Refused("downloads.not-an-address");
        var wanted = new ScheduleSource(command.ConferenceId, command.Address, command.EveryMinutes is > 0 ? command.EveryMinutes : null);
        // What was said about the same source still holds; another one's questions are others.
        var had = await db.Load<ScheduleSource>(command.ConferenceId, ct) is { } known && known.Address == wanted.Address ? known : wanted;
        db.Store(had with { EveryMinutes = wanted.EveryMinutes });
    }
}

/// <summary>What a Pretalx asks, as somebody has just looked. What was chosen for a question stays with it.</summary>
public sealed record KeepQuestions(Guid ConferenceId, IReadOnlyList<SourceQuestion> Found);

public static class KeepQuestionsHandler
{
    public static async Task Handle(KeepQuestions command, DocumentSession db, CancellationToken ct)
    {
        var source = await db.Load<ScheduleSource>(command.ConferenceId, ct) ?? throw new Refused("schedule.no-source");
        db.Store(source with { Questions = [.. command.Found.Select(q => q with { Use = source.Questions.FirstOrDefault(had => had.Id == q.Id && had.OfSpeakers == q.OfSpeakers)?.Use })] });
    }
}

/// <summary>What is taken from a Pretalx beside the schedule itself, from the next import on.</summary>
/// <param name="Uses">What each question's answers are used for, by its number; those that aren't named are used for nothing.</param>
/// <param name="Pictures">Its pictures of sessions and speakers.</param>
public sealed record TakeFromSource(Guid ConferenceId, IReadOnlyDictionary<int, AnswerUse> Uses, bool Pictures);

public static class TakeFromSourceHandler
{
    public static async Task Handle(TakeFromSource command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var source = await db.Load<ScheduleSource>(command.ConferenceId, ct) ?? throw new Refused("schedule.no-source");
        db.Store(Decide(command, source));
        new BringPictures(command.ConferenceId).Soon(db.Outbox, clock.GetUtcNow());
    }

    public static ScheduleSource Decide(TakeFromSource command, ScheduleSource source) =>
        source with { WithoutPictures = !command.Pictures, Questions = [.. source.Questions.Select(q => q with { Use = command.Uses.TryGetValue(q.Id, out var use) && q.Uses.Contains(use) ? use : null })] };
}
