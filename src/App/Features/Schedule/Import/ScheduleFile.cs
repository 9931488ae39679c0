using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using App.Infrastructure;

namespace App.Features.Schedule.Import;

/// <summary>Bytes of a file, whatever it is, as a schedule: or refused, with the reason and, where there is one, the line.</summary>
static class ScheduleFile
{
    public const int MaxBytes = 20 * 1024 * 1024;
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static RawSchedule Read(ReadOnlyMemory<byte> bytes, ImportWarnings warnings)
    {
        if (bytes.Length > MaxBytes) throw new Refused("schedule.file-too-big", MaxBytes / 1024 / 1024);
        var text = Decode(bytes.Span, warnings).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text switch
        {
            "" => throw new Refused("schedule.file-empty"),
            ['<', ..] => ReadXml(text),
            ['{' or '[', ..] => ReadJson(text),
            _ => throw new Refused("schedule.file-unknown"),
        };
    }

    /// <summary>By its byte order mark, else UTF-8, else as older programs on Windows wrote it. XML that declares another encoding is believed.</summary>
    static string Decode(ReadOnlySpan<byte> bytes, ImportWarnings warnings)
    {
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 200)]);
        if (head.TrimStart().StartsWith("<?xml", StringComparison.Ordinal) && head.Contains("iso-8859-1", StringComparison.OrdinalIgnoreCase)) return Encoding.Latin1.GetString(bytes);
        try { return Strict.GetString(bytes); }
        catch (DecoderFallbackException)
        {
            warnings.Add(Warn.Encoding, "not UTF-8; read as Latin-1");
            return Encoding.Latin1.GetString(bytes);
        }
    }

    static RawSchedule ReadXml(string text)
    {
        try
        {
            // No DTD at all: no entities that grow (billion laughs), none that read our files.
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxBytes, CheckCharacters = false });
            return XmlSchedule.Read(Load(reader)) ?? throw new Refused("schedule.file-unknown");
        }
        catch (XmlException e) when (text.Contains("<!DOCTYPE", StringComparison.Ordinal) && e.Message.Contains("DTD", StringComparison.Ordinal)) { throw new Refused("schedule.file-dtd"); }
        catch (XmlException e) { throw new Refused("schedule.file-broken", e.LineNumber, Reason(e.Message)); }
    }

    /// <summary>XElement nests by recursion when it is walked: a file a thousand elements deep is nobody's schedule.</summary>
    static XElement Load(XmlReader reader)
    {
        var root = new XElement("none");
        XContainer place = root;
        while (reader.Read())
        {
            if (reader.Depth > 40) throw new XmlException("elements nested too deep", null, (reader as IXmlLineInfo)?.LineNumber ?? 0, 0);
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var (element, isEmpty) = (new XElement(XName.Get(reader.LocalName, reader.NamespaceURI)), reader.IsEmptyElement);
                    while (reader.MoveToNextAttribute()) if (reader.NamespaceURI.Length == 0 && reader.Prefix.Length == 0) element.SetAttributeValue(reader.LocalName, reader.Value);
                    place.Add(element);
                    if (!isEmpty) place = element;
                    break;
                case XmlNodeType.EndElement: place = place.Parent!; break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace: place.Add(new XText(reader.Value)); break;
            }
        }
        return root.Elements().FirstOrDefault() ?? throw new XmlException("no element");
    }

    static RawSchedule ReadJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return JsonSchedule.Read(json.RootElement) ?? PretalxDump.Read(json.RootElement) ?? throw new Refused("schedule.file-unknown");
        }
        catch (JsonException e) { throw new Refused("schedule.file-broken", (e.LineNumber ?? 0) + 1, Reason(e.Message)); }
        catch (InvalidOperationException e) when (e.Message.Contains("surrogate", StringComparison.OrdinalIgnoreCase) || e.InnerException is DecoderFallbackException) { throw new Refused("schedule.file-broken", 0, "half of a character in a text"); }
    }

    static string Reason(string message) => message.Split(" LineNumber")[0].Split(" Line ")[0].TrimEnd('.', ' ');
}
