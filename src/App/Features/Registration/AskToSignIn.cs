using App.Infrastructure.Store;

namespace App.Features.Registration;

/// <param name="Language">Of the page where it was asked for.</param>
public sealed record AskToSignIn(Guid Id, Guid EventId, string Email, string Kind, byte[]? BrowserHash, string Browser, string? ReturnUrl, string Language = "en");

/// <summary>Whoever asks anew makes every link before worthless.</summary>
public static class AskToSignInHandler
{
    public static async Task Handle(AskToSignIn command, DocumentSession db, SignIns signIns, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Execute("update registration_sign_ins set ends_at = $3 where event_id = $1 and email = $2 and used_at is null and ends_at > $3", ct, command.EventId, command.Email, now);
        await db.Execute("delete from registration_sign_ins where asked_at < $1", ct, now.AddDays(-1));
        await db.Execute("""
            insert into registration_sign_ins (id, event_id, email, kind, token_hash, browser_hash, return_url, browser, asked_at, ends_at, language) values ($1, $2, $3, $4, $5, $6::bytea, $7::text, $8, $9, $10, $11)
            """, ct, command.Id, command.EventId, command.Email, command.Kind, signIns.TokenHash(command.Id), command.BrowserHash, command.ReturnUrl, command.Browser, now, now + SignIns.Lives, command.Language);
        db.Outbox.Publish(new SendSignIn(command.Id));
    }
}
