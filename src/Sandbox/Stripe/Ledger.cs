using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sandbox.Stripe;

/// <summary>One line of the ledger. <c>kind</c> is session, intent, charge, cancel or refund; a refund that changes its status is written again under its id: the last line counts.</summary>
public sealed record LedgerLine(string Kind, string Id, string? Account, long Amount, string Currency, long Created)
{
    public string? PaymentIntent { get; init; }
    public string? Charge { get; init; }
    public string? Status { get; init; }
    public long? Fee { get; init; }
    public string? Card { get; init; }
    public string? Secret { get; init; }
    public string? Reason { get; init; }
    public string? Key { get; init; }
    public string? Print { get; init; }

    /// <summary>On a session: what it was asked for.</summary>
    public SessionOrder? Session { get; init; }

    /// <summary>On an intent: the session it pays.</summary>
    public string? SessionId { get; init; }
    public Dictionary<string, string>? Metadata { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LedgerLine))]
sealed partial class LedgerJson : JsonSerializerContext;

/// <summary>
/// Money moved, one JSON object a line, appended before the answer leaves: what a caller was told survives the end of this process (not of the machine: it isn't synced). Off without a path.
/// Failed attempts aren't in it, nor what is processing: after a restart such an intent waits for a card again.
/// </summary>
sealed class Ledger : IDisposable
{
    readonly Lock gate = new();
    readonly string? path;
    FileStream? file;

    public Ledger(IConfiguration configuration)
    {
        path = configuration["Sandbox:Ledger"];
        if (path is not null) Open();
    }

    public bool IsKept => path is not null;

    /// <summary>A last line cut short by a crash is left out, and cut off before anything is added.</summary>
    public IEnumerable<LedgerLine> Read()
    {
        if (path is null || !File.Exists(path)) yield break;
        foreach (var line in File.ReadLines(path))
            if (line.Length > 0) yield return JsonSerializer.Deserialize(line, LedgerJson.Default.LedgerLine)!;
    }

    public void Append(LedgerLine line)
    {
        if (file is null) return;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line, LedgerJson.Default.LedgerLine);
        Array.Resize(ref bytes, bytes.Length + 1);
        bytes[^1] = (byte)'\n';
        lock (gate) file.Write(bytes);
    }

    public void Clear()
    {
        lock (gate) file?.SetLength(0);
    }

    public void Dispose() => file?.Dispose();

    void Open()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path!)) is { } folder) Directory.CreateDirectory(folder);
        file = new(path!, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        for (file.Position = file.Length; file.Position > 0;)
        {
            file.Position--;
            if (file.ReadByte() == '\n') break;
            file.Position--;
        }
        file.SetLength(file.Position);
    }
}
