using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Registration;

/// <summary>A link and code under way.</summary>
/// <param name="BrowserHash">Null: not asked for by a browser (a welcome), so only its code signs in.</param>
/// <param name="ApprovedAt">Its owner said yes on another device: the browser that asked may go in.</param>
/// <param name="AttendeeId">Null: nobody was found by this address, and so no mail went out.</param>
public sealed record SignIn(Guid Id, Guid EventId, string Email, string Kind, byte[]? BrowserHash, Guid? AttendeeId, string? ReturnUrl, string Browser, DateTimeOffset AskedAt, DateTimeOffset EndsAt, int Tries, DateTimeOffset? UsedAt, DateTimeOffset? ApprovedAt, string Language)
{
    public bool IsOpen(DateTimeOffset now) => UsedAt is null && EndsAt > now && (Tries < SignIns.MostTries || ApprovedAt is not null);
    public bool IsBoundTo(byte[]? browser) => browser is not null && BrowserHash is not null && CryptographicOperations.FixedTimeEquals(BrowserHash, SHA256.HashData(browser));
}

/// <summary>
/// Links and codes (security.md S15–S18). Token and code follow from the request's id and a key that all replicas share, so that a mail sent twice says the same twice; the row keeps only the token's hash.
/// Taking one is a single statement, so of two who press at once one signs in.
/// </summary>
public sealed class SignIns(EventStore store, QuerySession db, Secrets secrets, MessageBus bus, TimeProvider clock)
{
    public const int MostTries = 5;
    public static readonly TimeSpan Lives = TimeSpan.FromMinutes(10);
    const string Columns = "id, event_id, email, kind, browser_hash, attendee_id, return_url, browser, asked_at, ends_at, tries, used_at, approved_at, language";
    readonly Lazy<byte[]> key = new(() => secrets.Get("attendee-sign-in"));

    public string Token(Guid id) => Base64Url.EncodeToString(Mac(id, "link"));

    public string Code(Guid id) => (BitConverter.ToUInt64(Mac(id, "code")) % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);

    /// <summary>Shown by the browser that asked, wanted where the request is approved: a yes is given by somebody who has both before them, and to nobody who only typed their address.</summary>
    public string Number(Guid id) => (BitConverter.ToUInt64(Mac(id, "number")) % 90 + 10).ToString(CultureInfo.InvariantCulture);

    /// <summary>The same work whoever asks: whether the address is known is found out later, by the message that mails.</summary>
    public Task Ask(Guid eventId, string email, byte[] browser, string browserName, string? returnUrl, CancellationToken ct) =>
        bus.InvokeAsync(new AskToSignIn(Ids.New(clock.GetUtcNow()), eventId, email, "asked", SHA256.HashData(browser), browserName, returnUrl, Language.Current.Code), ct);

    /// <summary>In somebody else's commit: they have just been let in.</summary>
    public Task Greet(Guid eventId, string email, string kind, DocumentSession session, CancellationToken ct) =>
        AskToSignInHandler.Handle(new(Ids.New(clock.GetUtcNow()), eventId, email, kind, null, "", null), session, this, clock, ct);

    public async Task<SignIn?> Find(Guid id, CancellationToken ct) => await db.QueryFirst<SignIn>($"select {Columns} from registration_sign_ins where id = $1", ct, id);

    public async Task<SignIn?> FindByToken(Guid eventId, string token, CancellationToken ct) =>
        HashOf(token) is { } hash ? await db.QueryFirst<SignIn>($"select {Columns} from registration_sign_ins where event_id = $1 and token_hash = $2", ct, eventId, hash) : null;

    /// <summary>The newest that this browser asked for; of two in one instant, the one that still opens.</summary>
    public async Task<SignIn?> FindByBrowser(Guid eventId, byte[]? browser, CancellationToken ct) => browser is null ? null
        : await db.QueryFirst<SignIn>($"select {Columns} from registration_sign_ins where browser_hash = $1 and event_id = $2 order by asked_at desc, ends_at desc, used_at desc nulls first limit 1", ct, SHA256.HashData(browser), eventId);

    /// <summary>Uses it up. Null: it is used, too old, replaced, or not this browser's.</summary>
    public async Task<Guid?> TakeByLink(SignIn signIn, byte[]? browser, CancellationToken ct) => signIn.IsBoundTo(browser) ? await Take(signIn, ct) : null;

    public async Task<Guid?> TakeByCode(SignIn signIn, string? code, CancellationToken ct) => await Tries(signIn, code, Code(signIn.Id), ct) ? await Take(signIn, ct) : null;

    /// <summary>Signs nobody in: it lets the browser that asked do so. False: too late, or not the number that is shown there.</summary>
    public async Task<bool> Approve(SignIn signIn, string? number, CancellationToken ct)
    {
        if (signIn.BrowserHash is null || !await Tries(signIn, number, Number(signIn.Id), ct)) return false;
        await using var command = store.Command("update registration_sign_ins set approved_at = $2 where id = $1 and used_at is null and ends_at > $2 and tries <= $3 and attendee_id is not null", signIn.Id, clock.GetUtcNow(), MostTries);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Uses an approved one up, in the browser that asked and nowhere else.</summary>
    public async Task<Guid?> TakeApproved(SignIn signIn, byte[]? browser, CancellationToken ct) => signIn.ApprovedAt is not null && signIn.IsBoundTo(browser) ? await Take(signIn, ct) : null;

    /// <summary>It was not its owner who asked.</summary>
    public async Task Stop(SignIn signIn, CancellationToken ct)
    {
        await using var command = store.Command("update registration_sign_ins set ends_at = $2 where id = $1 and used_at is null and ends_at > $2", signIn.Id, clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A wrong one counts before it is compared, so that many at once are not more tries.</summary>
    async Task<bool> Tries(SignIn signIn, string? typed, string wanted, CancellationToken ct)
    {
        await using (var command = store.Command("update registration_sign_ins set tries = tries + 1 where id = $1 and used_at is null and ends_at > $2 and tries < $3", signIn.Id, clock.GetUtcNow(), MostTries))
            if (await command.ExecuteNonQueryAsync(ct) == 0) return false;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes([.. (typed ?? "").Where(char.IsAsciiDigit)]), Encoding.ASCII.GetBytes(wanted));
    }

    async Task<Guid?> Take(SignIn signIn, CancellationToken ct)
    {
        // A right code may be the fifth try.
        await using var command = store.Command("update registration_sign_ins set used_at = $2 where id = $1 and used_at is null and ends_at > $2 and tries <= $3 and attendee_id is not null returning attendee_id", signIn.Id, clock.GetUtcNow(), MostTries);
        return await command.ExecuteScalarAsync(ct) as Guid?;
    }

    internal byte[] TokenHash(Guid id) => SHA256.HashData(Mac(id, "link"));

    static byte[]? HashOf(string token)
    {
        Span<byte> bytes = stackalloc byte[32];
        return token.Length == 43 && Base64Url.DecodeFromChars(token, bytes, out _, out var n) == System.Buffers.OperationStatus.Done && n == 32 ? SHA256.HashData(bytes) : null;
    }

    byte[] Mac(Guid id, string what) => HMACSHA256.HashData(key.Value, Encoding.ASCII.GetBytes($"{what}:{id:N}"));
}
