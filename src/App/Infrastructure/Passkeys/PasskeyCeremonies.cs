using System.Buffers.Text;
using System.Data.Common;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Identity;

namespace App.Infrastructure.Passkeys;

/// <summary>Section <c>Passkeys</c>.</summary>
public sealed record PasskeyOptions
{
    /// <summary>Questions that wait for an answer at the same time, by one network address: a venue's guests share one.</summary>
    public int OpenPerOrigin { get; init; } = 1_000;
}

/// <summary>Who is told to an authenticator, which shows it to its owner when it asks which passkey to use.</summary>
/// <param name="Account">What they sign in with otherwise.</param>
public sealed record PasskeyOwner(Guid Holder, string Account, string Name);

/// <summary>
/// The two ceremonies of WebAuthn, adding and signing in, for whichever feature (security.md S19). ASP.NET Core Identity's handler checks what an authenticator says; here stands what it was asked: a row, taken by the first answer, good for five minutes
/// and for the browser that got it. Always with a discoverable credential, with the owner verified by the device, and for our public address only. Refusals have the keys <c>passkeys.…</c>.
/// </summary>
public sealed class PasskeyCeremonies(IPasskeyHandler<PasskeyHolder> handler, PasskeyStore passkeys, EventStore store, Secrets secrets, SiteOptions site, PasskeyOptions options, TimeProvider clock)
{
    public static readonly TimeSpan Lives = TimeSpan.FromMinutes(5);
    const int SecretLength = 43;

    /// <summary>Browsers have passkeys for a domain, not for a number, and by plain http only on the machine itself.</summary>
    public bool AreOffered { get; } = site.PublicUrl.HostNameType == UriHostNameType.Dns && (site.IsSecure || site.PublicUrl.IsLoopback);

    /// <summary>What <c>navigator.credentials.create</c> wants, as JSON.</summary>
    /// <param name="has">Which their authenticator must not make again.</param>
    public async Task<string> BeginAdding(HttpContext context, string realm, PasskeyOwner owner, IReadOnlyList<Passkey> has, CancellationToken ct)
    {
        // Neither address nor name goes into what is kept.
        var made = await handler.MakeCreationOptionsAsync(new() { Id = owner.Holder.ToString("N"), Name = "", DisplayName = "" }, context);
        var wanted = JsonNode.Parse(made.CreationOptionsJson)!.AsObject();
        (wanted["user"]!["name"], wanted["user"]!["displayName"]) = (owner.Account, owner.Name.Length > 0 ? owner.Name : owner.Account);
        wanted["excludeCredentials"] = new JsonArray([.. has.Select(p => new JsonObject { ["type"] = "public-key", ["id"] = p.Number })]);
        await Keep(context, Adding(realm, owner.Holder), wanted, made.AttestationState!, ct);
        return wanted.ToJsonString();
    }

    public async Task Add(HttpContext context, string realm, Guid holder, string? credential, string? name, CancellationToken ct)
    {
        var state = await Take(context, Adding(realm, holder), credential, ct);
        var result = await handler.PerformAttestationAsync(new() { HttpContext = context, CredentialJson = credential!, AttestationState = state });
        ThrowIfUnknown(result.Failure);
        if (!result.Succeeded) throw new Refused("passkeys.not-added");
        if (!await passkeys.Add(realm, holder, Name(context, name), result.Passkey, ct)) throw new Refused("passkeys.too-many", PasskeyStore.Most);
    }

    /// <summary>What <c>navigator.credentials.get</c> wants, as JSON. Names nobody: the authenticator knows who its owner is.</summary>
    public async Task<string> BeginSignIn(HttpContext context, string realm, CancellationToken ct)
    {
        var made = await handler.MakeRequestOptionsAsync(null, context);
        await Keep(context, SigningIn(realm), JsonNode.Parse(made.RequestOptionsJson)!.AsObject(), made.AssertionState!, ct);
        return made.RequestOptionsJson;
    }

    /// <summary>Whose passkey it is; its counter and the hour are kept.</summary>
    public async Task<Guid> SignIn(HttpContext context, string realm, string? credential, CancellationToken ct)
    {
        var state = await Take(context, SigningIn(realm), credential, ct);
        var result = await handler.PerformAssertionAsync(new() { HttpContext = context, CredentialJson = credential!, AssertionState = state });
        ThrowIfUnknown(result.Failure);
        return result.Succeeded && await passkeys.Use(realm, result.Passkey, ct) ? result.User.Id : throw new Refused("passkeys.unknown");
    }

    static string Adding(string realm, Guid holder) => $"add:{realm}:{holder:N}";
    static string SigningIn(string realm) => $"sign-in:{realm}";

    async Task Keep(HttpContext context, string purpose, JsonObject wanted, string state, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var command = store.Command("""
            with over as (delete from passkey_challenges where ends_at <= $7)
            insert into passkey_challenges (id, purpose, browser, origin, state, ends_at)
            select $1, $2, $3, $4, $5, $6 where (select count(*) from passkey_challenges where origin = $4 and ends_at > $7) < $8
            """, IdOf((string)wanted["challenge"]!), purpose, Bind(context), HMACSHA256.HashData(secrets.Get("passkeys"), Encoding.ASCII.GetBytes(Origins.Network(context.Connection.RemoteIpAddress))), state, now + Lives, now, options.OpenPerOrigin);
        if (await command.ExecuteNonQueryAsync(ct) == 0) throw new Refused("passkeys.too-often");
    }

    /// <summary>Of two answers to one question the first counts, right or wrong.</summary>
    async Task<string> Take(HttpContext context, string purpose, string? credential, CancellationToken ct)
    {
        if (ChallengeOf(credential) is not { } challenge || BrowserOf(context) is not { } browser) throw new Refused("passkeys.over");
        await using var command = store.Command("delete from passkey_challenges where id = $1 and browser = $2 and purpose = $3 and ends_at > $4 returning state", IdOf(challenge), SHA256.HashData(browser), purpose, clock.GetUtcNow());
        return await command.ExecuteScalarAsync(ct) as string ?? throw new Refused("passkeys.over");
    }

    /// <summary>The question that an answer says it answers. Null: this is no answer.</summary>
    static string? ChallengeOf(string? credential)
    {
        try { return JsonNode.Parse(Base64Url.DecodeFromChars((string?)JsonNode.Parse(credential ?? "")?["response"]?["clientDataJSON"] ?? ""))?["challenge"] is JsonValue value && value.TryGetValue<string>(out var challenge) ? challenge : null; }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException) { return null; }
    }

    static byte[] IdOf(string challenge) => SHA256.HashData(Encoding.UTF8.GetBytes(challenge));

    static string Name(HttpContext context, string? typed)
    {
        var name = (typed ?? "").Trim();
        return name.Length == 0 ? BrowserName.Of(context.Request.Headers.UserAgent) : name.Length <= PasskeyStore.LongestName ? name : name[..(char.IsHighSurrogate(name[PasskeyStore.LongestName - 1]) ? PasskeyStore.LongestName - 1 : PasskeyStore.LongestName)];
    }

    /// <summary>The handler takes every fault for the authenticator's; that the database didn't answer is not.</summary>
    static void ThrowIfUnknown(PasskeyException? failure)
    {
        if (failure?.InnerException is DbException or StoreUnavailableException or TimeoutException) ExceptionDispatchInfo.Throw(failure.InnerException);
    }

    byte[] Bind(HttpContext context)
    {
        var secret = BrowserOf(context) ?? RandomNumberGenerator.GetBytes(32);
        context.Response.Cookies.Append(CookieName, Ids.ToText(secret), new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = site.IsSecure, Path = "/", IsEssential = true, MaxAge = Lives });
        return SHA256.HashData(secret);
    }

    byte[]? BrowserOf(HttpContext context)
    {
        var secret = new byte[32];
        return context.Request.Cookies[CookieName] is { Length: SecretLength } text && Base64Url.DecodeFromChars(text, secret, out _, out var n) == System.Buffers.OperationStatus.Done && n == 32 ? secret : null;
    }

    string CookieName => site.CookieName("pk");
}
