using System.Text;
using System.Text.Json;

namespace App.Infrastructure.Live;

/// <summary>What is true about one thing at this moment, by topic, and everybody who wants to know. Only the newest word on a topic is kept: whoever comes gets all of it, whoever is there gets what changed, once a beat at the most.</summary>
public sealed class LiveChannel(Guid id)
{
    readonly Lock gate = new();
    readonly SortedDictionary<string, string> topics = new(StringComparer.Ordinal);
    readonly SortedSet<string> changed = new(StringComparer.Ordinal);
    readonly Dictionary<ulong, int> people = [];
    readonly List<LiveReader> readers = [];
    LiveReader[] told = [];
    byte[]? all;
    byte[] latest = [];
    int version;
    bool gone;

    public Guid Id => id;
    internal Lazy<Task>? Begun { get; set; }

    /// <param name="json">A JSON value; the same one again is no news.</param>
    public void Set(string topic, string json)
    {
        lock (gate)
            if (!topics.TryGetValue(topic, out var known) || known != json) { topics[topic] = json; changed.Add(topic); }
    }

    public string? Get(string topic) { lock (gate) return topics.GetValueOrDefault(topic); }

    /// <summary>Those who read here and may be counted, each once however many windows they have open. Another number whenever that changes.</summary>
    public (int Version, ulong[] People) People { get { lock (gate) return (peopleVersion, [.. people.Keys]); } }
    int peopleVersion;

    internal int Count { get { lock (gate) return readers.Count; } }

    /// <summary>False: nobody was here and the channel is closed; ask for a new one.</summary>
    internal bool Add(LiveReader reader, int beat)
    {
        lock (gate)
        {
            if (gone) return false;
            reader.Place = readers.Count;
            readers.Add(reader);
            if (reader.Who is { } who)
            {
                people[who] = people.GetValueOrDefault(who) + 1;
                if (people[who] == 1) peopleVersion++;
            }
            Turn();
            reader.Begin(All(), version, beat);
            return true;
        }
    }

    internal void Remove(LiveReader reader)
    {
        lock (gate)
        {
            var last = readers[^1];
            (readers[reader.Place], last.Place) = (last, reader.Place);
            readers.RemoveAt(readers.Count - 1);
            if (reader.Who is not { } who || --people[who] > 0) return;
            people.Remove(who);
            peopleVersion++;
        }
    }

    /// <summary>True: nobody is left, and nobody will come to this object any more.</summary>
    internal bool CloseIfEmpty() { lock (gate) return gone = readers.Count == 0; }

    internal void Beat(int beat, ReadOnlyMemory<byte> heartbeat)
    {
        int count, newest;
        byte[] change;
        lock (gate)
        {
            Turn();
            (count, newest, change) = (readers.Count, version, latest);
            if (told.Length < count) told = new LiveReader[Math.Max(count, told.Length * 2)];
            readers.CopyTo(told);
        }
        for (var i = 0; i < count; i++) told[i].Beat(beat, newest, change, Whole, heartbeat);
        Array.Clear(told, 0, count);
    }

    internal void End(IReadOnlyList<byte[]> farewells)
    {
        lock (gate)
        {
            gone = true;
            for (var i = 0; i < readers.Count; i++) readers[i].End(farewells[i % farewells.Count]);
        }
    }

    ReadOnlyMemory<byte> Whole() { lock (gate) return All(); }

    /// <summary>What changed is a new version: whoever begins with all of it isn't told again.</summary>
    void Turn()
    {
        if (changed.Count == 0) return;
        // Kept until the next one: a reader that was told something less than a second ago hears of it a beat later.
        latest = Message(changed);
        changed.Clear();
        (all, version) = (null, version + 1);
    }

    byte[] All() => all ??= [.. "retry:4000\n"u8, .. Message(topics.Keys)];

    byte[] Message(IEnumerable<string> of)
    {
        var text = new StringBuilder("data:{");
        foreach (var topic in of) text.Append(text[^1] == '{' ? "" : ",").Append('"').Append(JsonEncodedText.Encode(topic)).Append("\":").Append(topics[topic]);
        return Encoding.UTF8.GetBytes(text.Append("}\n\n").ToString());
    }
}
