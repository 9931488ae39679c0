using App.Infrastructure.Passkeys;

namespace App.Features.Shared;

/// <summary>Somebody's passkeys on their own page, and a form for one more.</summary>
/// <param name="Path">The page, with the handlers <c>PasskeyOptions</c>, <c>AddPasskey</c> and <c>RemovePasskey</c>.</param>
/// <param name="Suggestion">What a new one may be called.</param>
/// <param name="WantsPassword">Whoever adds one proves that it is them, not somebody at their desk.</param>
public sealed record PasskeyList(string Path, IReadOnlyList<Passkey> Passkeys, string TimeZone, string Suggestion, bool WantsPassword = false)
{
    /// <summary>Where the page sends somebody who has added one; null: it knows by itself.</summary>
    public string? ReturnUrl { get; init; }

    public string Day(DateTimeOffset at) => EventTime.Of(at, TimeZone).ShortDay;
}

/// <summary>The button of a page where people sign in.</summary>
/// <param name="Path">The page, with the handlers <c>PasskeyOptions</c> and <c>Passkey</c>.</param>
public sealed record PasskeySignIn(string Path, string? ReturnUrl)
{
    /// <summary>On the button; null: that it signs in.</summary>
    public string? Says { get; init; }

    /// <summary>When the authenticator didn't; null: that one may sign in without.</summary>
    public string? Failed { get; init; }
}
