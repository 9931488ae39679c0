using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using App.Infrastructure;
using App.Infrastructure.Store;
using Microsoft.AspNetCore.DataProtection;

namespace App.Features.Organizations;

public sealed record HeldField(string Name, string Value);

/// <param name="Path">Where it was sent to, with its query.</param>
/// <param name="Fields">In their order; a name may come more than once.</param>
public sealed record HeldForm(string Path, IReadOnlyList<HeldField> Fields);

/// <summary>
/// What somebody sent from a page of the office when their sign-in was over, or had to be shown anew: kept for a quarter of an hour, encrypted, for them alone, so that nothing is typed twice. Never passwords, never files.
/// It is sent on only by a press of theirs, as a new request with a new antiforgery token.
/// </summary>
public sealed class HeldForms(EventStore store, QuerySession db, IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly TimeSpan Lives = TimeSpan.FromMinutes(15);
    const int MostOfOne = 5, LongestForm = 256 * 1024;
    const long LongestRequest = 16 * 1024 * 1024;
    static readonly string[] Secret = ["password", "secret", "credential", "verificationtoken"];
    readonly IDataProtector protector = protection.CreateProtector("held-forms");

    /// <summary>Where it is found again. Null: there is nothing to keep, or no place for it.</summary>
    /// <param name="sender">By a genuine cookie, though the sign-in that it names may be over.</param>
    public async Task<string?> Hold(HttpContext context, ClaimsPrincipal sender)
    {
        var request = context.Request;
        // A part of a page is asked for again by its page.
        if (!HttpMethods.IsPost(request.Method) || !request.Path.StartsWithSegments("/office", StringComparison.OrdinalIgnoreCase) || request.Headers.ContainsKey("HX-Request") || !request.HasFormContentType || request.ContentLength > LongestRequest) return null;
        IFormCollection form;
        try { form = await request.ReadFormAsync(context.RequestAborted); }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException) { return null; } // beyond what a form may be
        var fields = form.Where(f => !Array.Exists(Secret, s => f.Key.Contains(s, StringComparison.OrdinalIgnoreCase))).SelectMany(f => f.Value.Select(value => new HeldField(f.Key, value ?? ""))).ToArray();
        var body = JsonSerializer.Serialize(new HeldForm(request.Path + request.QueryString, fields), OrganizationsJson.Default.HeldForm);
        if (body.Length > LongestForm) return null;
        var (now, memberId) = (clock.GetUtcNow(), Guid.Parse(sender.FindFirstValue(ClaimTypes.NameIdentifier)!));
        var number = Ids.New(now);
        await using var command = store.Command("""
            with over as (delete from organizations_held_forms where ends_at <= $4 or number in (select number from organizations_held_forms where member_id = $2 order by ends_at desc offset $6))
            insert into organizations_held_forms (number, member_id, body, ends_at) select $1, $2, $3, $5 where exists (select from organizations_members where id = $2)
            """, number, memberId, protector.Protect(body), now, now + Lives, MostOfOne - 1);
        return await command.ExecuteNonQueryAsync(context.RequestAborted) == 1 ? $"{HeldPage.Path}/{number}" : null;
    }

    public async Task<HeldForm?> Find(Guid number, Guid memberId, CancellationToken ct)
    {
        if (await db.QueryFirst<string>("select body from organizations_held_forms where number = $1 and member_id = $2 and ends_at > $3", ct, number, memberId, clock.GetUtcNow()) is not { } body) return null;
        try { return JsonSerializer.Deserialize(protector.Unprotect(body), OrganizationsJson.Default.HeldForm); }
        catch (CryptographicException) { return null; } // by a key that is no longer there
    }
}
