using System.Globalization;
using System.Text.Json;
using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Import;

/// <summary>Files of pretalx's objects as people keep them: lists or trees of submissions, in the shape before v1 (times inside each submission), with answers of several languages.</summary>
static class PretalxDump
{
    /// <summary>Null: no submission is in it.</summary>
    public static RawSchedule? Read(JsonElement root)
    {
        var found = new List<JsonElement>();
        Collect(root, found);
        if (found.Count == 0) return null;
        var rooms = found.SelectMany(Slots).Select(s => new RawRoom(s.Text("room_id"), RoomName(s)) { Names = RoomNames(s) }).Where(r => r.Name.Length > 0).DistinctBy(r => r.Name);
        return new("pretalx objects") { Rooms = [.. rooms], Labels = [.. found.SelectMany(Labels)], Events = [.. found.SelectMany(Events)] };
    }

    static void Collect(JsonElement element, List<JsonElement> found)
    {
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) return;
        if (element.ValueKind == JsonValueKind.Object && element.At("code").ValueKind == JsonValueKind.String && element.Text("title").Length > 0 && (element.At("slot").ValueKind != JsonValueKind.Undefined || element.Text("state").Length > 0))
        {
            found.Add(element);
            return;
        }
        foreach (var inner in element.Each()) Collect(inner, found);
    }

    static IEnumerable<JsonElement> Slots(JsonElement s) => s.At("slot").ValueKind == JsonValueKind.Object ? [s.At("slot")] : s.Each("slots").Where(t => t.ValueKind == JsonValueKind.Object);

    static string RoomName(JsonElement slot) => slot.At("room") is { ValueKind: JsonValueKind.Object } room && room.At("name").ValueKind != JsonValueKind.Undefined ? room.Text("name") : slot.Text("room");

    static Translations? RoomNames(JsonElement slot) => slot.At("room") is { ValueKind: JsonValueKind.Object } room && room.At("name").ValueKind != JsonValueKind.Undefined ? room.Said("name").Others : slot.Said("room").Others;

    static IEnumerable<RawLabel> Labels(JsonElement s) =>
        new[] { (Kind: LabelKind.Track, Name: s.Said("track")), (Kind: LabelKind.Type, Name: s.Said("submission_type")) }.Where(l => l.Name.Others is not null).Select(l => new RawLabel(l.Kind, "", l.Name.Text) { Names = l.Name.Others });

    static IEnumerable<RawEvent> Events(JsonElement s)
    {
        var session = new RawEvent
        {
            Code = s.Text("code"), Title = s.Text("title"), Titles = s.Said("title").Others, Abstracts = s.Said("abstract").Others, Descriptions = s.Said("description").Others, Track = s.Text("track"), Type = s.Text("submission_type"), Tags = [.. s.Each("tags").Select(t => t.Text()).Where(t => t.Length > 0)], Language = s.Text("content_locale"),
            Abstract = s.Text("abstract"), Description = s.Text("description"), DoNotRecord = s.Bool("do_not_record"), Featured = s.Bool("is_featured") ?? false, Image = s.Text("image"), State = s.Text("state"),
            Duration = s.Int("duration") is { } minutes ? minutes.ToString(CultureInfo.InvariantCulture) : "", Persons = [.. s.Each("speakers").Where(p => p.ValueKind == JsonValueKind.Object).Select(JsonSchedule.Person)],
            Links = [.. s.Each("resources").Where(r => r.ValueKind == JsonValueKind.Object).Select(r => new RawLink(r.Text("resource"), r.Text("description"), "", IsAttachment: true))],
        };
        var slots = Slots(s).Where(t => t.Text("start").Length > 0).ToArray();
        return slots.Length == 0 ? [session] : slots.Select(t => session with { Date = t.Text("start"), End = t.Text("end"), Room = RoomName(t) });
    }
}
