using System.Collections.Concurrent;
using System.Text.Json;

namespace Sandbox.SendGrid;

/// <summary>A mail as it was taken: the request's bytes, and what a list shows of them.</summary>
sealed record StoredMail(string Id, long At, string To, string Subject, byte[] Body)
{
    public JsonDocument Open() => JsonDocument.Parse(Body);
}

/// <summary>The newest mails, at most 5,000 and 96 MB; older ones are let go.</summary>
sealed class MailBox
{
    const int MaxCount = 5_000;
    const long MaxBytes = 96 * 1024 * 1024;
    readonly Lock gate = new();
    readonly LinkedList<StoredMail> mails = new();
    readonly ConcurrentDictionary<string, StoredMail> byId = new();
    long bytes, accepted;

    public long Accepted => Interlocked.Read(ref accepted);

    public void Add(StoredMail mail)
    {
        Interlocked.Increment(ref accepted);
        byId[mail.Id] = mail;
        lock (gate)
        {
            mails.AddFirst(mail);
            bytes += mail.Body.Length;
            while (mails.Count > MaxCount || (bytes > MaxBytes && mails.Count > 1))
            {
                var oldest = mails.Last!.Value;
                mails.RemoveLast();
                bytes -= oldest.Body.Length;
                byId.TryRemove(oldest.Id, out _);
            }
        }
    }

    public StoredMail? Find(string id) => byId.GetValueOrDefault(id);

    /// <param name="to">Part of an address, or null for all.</param>
    public IReadOnlyList<StoredMail> Newest(string? to, int count)
    {
        lock (gate) return [.. mails.Where(m => string.IsNullOrEmpty(to) || m.To.Contains(to, StringComparison.OrdinalIgnoreCase)).Take(count)];
    }

    public void Clear()
    {
        lock (gate)
        {
            mails.Clear();
            byId.Clear();
            bytes = 0;
        }
    }
}
