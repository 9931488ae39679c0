using System.Text;
using System.Text.Json;

namespace App.Features.Content.Package;

/// <summary>JSON that knows where it stands, so that whoever wrote it is told the line.</summary>
/// <param name="Text">Of a string; of a number or true and false as they were written.</param>
sealed record PositionedJson(JsonValueKind Kind, int Line, int Column, string Text, IReadOnlyList<PositionedMember> Members, IReadOnlyList<PositionedJson> Items)
{
    /// <summary>Deeper than any settings are; what goes deeper is a fault, not a stack that overflows.</summary>
    const int Deepest = 24;

    /// <summary>Null: it is no JSON, and the fault says where it ceases to be.</summary>
    public static PositionedJson? Read(string file, byte[] bytes, List<ContentFault> faults)
    {
        var reader = new Utf8JsonReader(bytes, new() { MaxDepth = Deepest });
        try
        {
            reader.Read();
            var value = Value(ref reader, bytes);
            reader.Read(); // behind the value there is nothing, or it throws
            return value;
        }
        catch (JsonException e)
        {
            var reason = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is > 0 and var end ? e.Message[..end] : e.Message;
            faults.Add(new(file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1, $"From here on this is no JSON. {reason}"));
            return null;
        }
    }

    static PositionedJson Value(ref Utf8JsonReader reader, byte[] bytes)
    {
        var (line, column) = At(bytes, (int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<PositionedMember>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var (nameLine, nameColumn) = At(bytes, (int)reader.TokenStartIndex);
                    var name = reader.GetString()!;
                    reader.Read();
                    members.Add(new(name, nameLine, nameColumn, Value(ref reader, bytes)));
                }
                return new(JsonValueKind.Object, line, column, "", members, []);
            case JsonTokenType.StartArray:
                var items = new List<PositionedJson>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Value(ref reader, bytes));
                return new(JsonValueKind.Array, line, column, "", [], items);
            case JsonTokenType.String: return new(JsonValueKind.String, line, column, reader.GetString()!, [], []);
            case JsonTokenType.Number: return new(JsonValueKind.Number, line, column, Encoding.UTF8.GetString(reader.ValueSpan), [], []);
            case JsonTokenType.True: return new(JsonValueKind.True, line, column, "true", [], []);
            case JsonTokenType.False: return new(JsonValueKind.False, line, column, "false", [], []);
            default: return new(JsonValueKind.Null, line, column, "null", [], []);
        }
    }

    static (int Line, int Column) At(byte[] bytes, int offset)
    {
        var before = bytes.AsSpan(0, offset);
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }
}

sealed record PositionedMember(string Name, int Line, int Column, PositionedJson Value);
